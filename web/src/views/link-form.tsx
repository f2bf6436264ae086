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
  return (
    <RequestForm fields={FIELDS} submit="Link account" send={send} blame={blame} advice={advice} />
  );
}

function blame(failure: ApiError): string {
  return isRefused(failure) ? "password" : "username";
}

/** The commonest reason that nobody thinks of. */
function advice(failure: ApiError): string | null {
  return isRefused(failure)
    ? "Whoever signs in at Emporia with Google or Apple has no password there yet: " +
        "“Forgot password” in Emporia's app makes one, for the same email."
    : null;
}

/** Emporia took the credentials for wrong ones. */
function isRefused({ code }: ApiError): boolean {
  return code === "emporia_refused_credentials";
}
