/** Linking an Emporia account: its credentials are used once, and not kept. */

import { type ApiError, linkEmporia } from "../api/client.ts";
import type { Session } from "../api/session.ts";
import { type FieldProps, RequestForm } from "./form.tsx";

const FIELDS: readonly FieldProps[] = [
  {
    name: "username",
    label: "Email of your Emporia account",
    kind: "email",
    autoComplete: "section-emporia username",
  },
  {
    name: "password",
    label: "Its password",
    kind: "password",
    autoComplete: "section-emporia current-password",
    hint: "Used once to sign in at Emporia, and not kept.",
  },
];

interface Props {
  readonly session: Session;
  readonly onLinked: () => void;
}

export function LinkForm({ session, onLinked }: Props) {
  async function send(values: ReadonlyMap<string, string>): Promise<void> {
    const emporia = {
      username: values.get("username") ?? "",
      password: values.get("password") ?? "",
    };
    await session.use((token) => linkEmporia(token, emporia));
    onLinked();
  }
  return <RequestForm fields={FIELDS} submit="Link account" send={send} blame={blame} />;
}

function blame(failure: ApiError): string {
  return failure.code === "emporia_refused_credentials" ? "password" : "username";
}
