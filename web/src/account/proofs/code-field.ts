/** The field for a code, and which refusals are about it. */

import type { FieldProps } from "../../views/form.tsx";

export const CODE: FieldProps = {
  name: "code",
  label: "Code",
  kind: "code",
  autoComplete: "one-time-code",
};

const ABOUT_CODE = new Set(["second_factor_wrong", "incomplete"]);

export function isAboutCode(code: string): boolean {
  return ABOUT_CODE.has(code);
}
