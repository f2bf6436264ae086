/** A code, and the password too where the gateway wants it, for what guards the account. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../../api/client.ts";
import type { Proof } from "../../api/proofs.ts";
import { type FieldProps, RequestForm } from "../../views/form.tsx";
import { needsPassword } from "../password-step.tsx";
import { CODE, isAboutCode } from "./code-field.ts";

const FIELD: FieldProps = { ...CODE, hint: "Of your authenticator app, or a recovery code." };
const PASSWORD: FieldProps = {
  name: "password",
  label: "Your password",
  kind: "password",
  autoComplete: "current-password",
};
const NEEDED =
  "You signed in some time ago. Give your password once more, so that nobody else does this.";

interface Props {
  /** What is about to happen. */
  readonly sentence: string;
  readonly submit: string;
  readonly danger?: boolean;
  readonly keep: string;
  readonly send: (proof: Proof) => Promise<void>;
  readonly onBack: () => void;
}

export function ProofForm({ sentence, submit, danger = false, keep, send, onBack }: Props) {
  const [takesPassword, setTakesPassword] = useState(false);
  const said = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => said.current?.focus(), []);

  async function prove(values: ReadonlyMap<string, string>): Promise<void> {
    const code = values.get("code") ?? "";
    const password = values.get("password");
    try {
      await send(password === undefined ? { code } : { password, code });
    } catch (failure) {
      if (!(failure instanceof ApiError) || !needsPassword(failure)) throw failure;
      setTakesPassword(true);
      throw new ApiError(NEEDED, failure.status, failure.code);
    }
  }

  return (
    <>
      <p ref={said} tabIndex={-1}>
        {sentence}
      </p>
      <RequestForm
        fields={takesPassword ? [FIELD, PASSWORD] : [FIELD]}
        {...{ submit, danger }}
        send={prove}
        blame={blame}
      />
      <button type="button" class="button" onClick={onBack}>
        {keep}
      </button>
    </>
  );
}

function blame(failure: ApiError): string | null {
  if (isAboutCode(failure.code)) return "code";
  return failure.code === "wrong_credentials" || needsPassword(failure) ? "password" : null;
}
