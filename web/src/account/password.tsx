/** Another password: it ends every other session, and no API key. */

import { useEffect, useRef, useState } from "preact/hooks";
import { changePassword, type KnownKey } from "../api/account.ts";
import { ApiError } from "../api/client.ts";
import type { Session } from "../api/session.ts";
import { type FieldProps, RequestForm } from "../views/form.tsx";

const FIELDS: readonly FieldProps[] = [
  {
    name: "password",
    label: "Current password",
    kind: "password",
    autoComplete: "current-password",
  },
  { name: "newPassword", label: "New password", kind: "password", autoComplete: "new-password" },
];

interface Props {
  readonly session: Session;
  readonly email: string;
  /** Null while they are not known. */
  readonly keys: readonly KnownKey[] | null;
  readonly onChanged: () => void;
}

export function Password({ session, email, keys, onChanged }: Props) {
  const [state, setState] = useState<"closed" | "open" | "changed">("closed");
  const said = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (state === "changed") said.current?.focus();
  }, [state]);

  async function send(values: ReadonlyMap<string, string>): Promise<void> {
    const passwords = {
      password: values.get("password") ?? "",
      newPassword: values.get("newPassword") ?? "",
    };
    if (!passwords.password || !passwords.newPassword) {
      throw new ApiError("Give both: the current one, and the new one.", 400, "incomplete");
    }
    await session.use((token) => changePassword(token, passwords));
    setState("changed");
    onChanged();
  }

  return (
    <section class="card stack" aria-labelledby="password">
      <h2 id="password">Password</h2>
      {state === "changed" && (
        <p ref={said} tabIndex={-1} role="status">
          The password is changed. All other sessions are signed out.
        </p>
      )}
      {state === "open" && <p>All other sessions are signed out then.</p>}
      {state !== "closed" && <KeysThatGoOn keys={keys} />}
      {state === "open" ? (
        <>
          <RequestForm
            fields={FIELDS}
            submit="Change my password"
            send={send}
            blame={({ code }) => fieldOf(code)}
          >
            {/* Tells a program that keeps passwords whose this one is. */}
            <input type="text" name="username" value={email} autoComplete="username" hidden />
          </RequestForm>
          <button type="button" class="button" onClick={() => setState("closed")}>
            Keep the password
          </button>
        </>
      ) : (
        <div class="choices">
          <button type="button" class="button" onClick={() => setState("open")}>
            Change password …
          </button>
        </div>
      )}
    </section>
  );
}

function KeysThatGoOn({ keys }: { readonly keys: readonly KnownKey[] | null }) {
  if (keys === null) return <p>API keys go on until they are revoked.</p>;
  if (keys.length === 0) return null;
  return (
    <div>
      <p>These API keys go on until you revoke them:</p>
      <ul class="account-names">
        {keys.map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
      </ul>
    </div>
  );
}

function fieldOf(code: ApiError["code"]): string | null {
  if (code === "wrong_credentials") return "password";
  return code === "password_unacceptable" ? "newPassword" : null;
}
