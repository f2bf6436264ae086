/** Linking an Emporia account: its password is used once, and kept only where both sides agree. */

import { type ApiError, linkEmporia } from "../api/client.ts";
import type { Session } from "../api/session.ts";
import { type FieldProps, RequestForm } from "./form.tsx";

const USERNAME: FieldProps = {
  name: "username",
  label: "Email of your Emporia account",
  kind: "email",
  autoComplete: "section-emporia username",
};

const PASSWORD: FieldProps = {
  name: "password",
  label: "Its password",
  kind: "password",
  autoComplete: "section-emporia current-password",
};

const NOT_KEPT = "Used once to sign in at Emporia, and not kept.";
const KEPT_IF_WANTED = "Used once to sign in at Emporia, and not kept unless you say so.";

interface Props {
  readonly session: Session;
  /** Whether whoever runs the gateway lets passwords be kept. */
  readonly mayKeepPassword: boolean;
  readonly onLinked: () => void;
}

export function LinkForm({ session, mayKeepPassword, onLinked }: Props) {
  async function send(values: ReadonlyMap<string, string>): Promise<void> {
    const emporia = {
      username: values.get("username") ?? "",
      password: values.get("password") ?? "",
      keepPassword: values.get("keep") === "on",
    };
    await session.use((token) => linkEmporia(token, emporia));
    onLinked();
  }
  const hint = mayKeepPassword ? KEPT_IF_WANTED : NOT_KEPT;
  return (
    <RequestForm
      fields={[USERNAME, { ...PASSWORD, hint }]}
      submit="Link account"
      send={send}
      blame={blame}
      advice={advice}
    >
      {mayKeepPassword && (
        <label class="check">
          <input type="checkbox" name="keep" />
          Keep the password, sealed, so that the link renews itself
        </label>
      )}
    </RequestForm>
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
