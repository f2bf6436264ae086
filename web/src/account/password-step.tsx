/** The password once more, where the gateway wants it for what somebody is about to do. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { ApiError } from "../api/client.ts";
import { providerName } from "../api/other-account.ts";
import { type FieldProps, RequestForm } from "../views/form.tsx";

/** The gateway's code for it: the password was not given lately. */
const NEEDED = "password_needed";

const PASSWORD: FieldProps = {
  name: "password",
  label: "Your password",
  kind: "password",
  autoComplete: "current-password",
};

export function needsPassword({ code }: ApiError): boolean {
  return code === NEEDED;
}

interface Props {
  readonly submit: string;
  readonly send: (password: string) => Promise<void>;
  readonly onBack: () => void;
}

export function PasswordStep({ submit, send, onBack }: Props) {
  const said = useRef<HTMLParagraphElement>(null);
  const [provider, setProvider] = useState<string | null>(null);
  useEffect(() => {
    said.current?.focus();
    void providerName().then(setProvider);
  }, []);
  return (
    <>
      <p ref={said} tabIndex={-1}>
        You signed in some time ago. Give your password once more, so that nobody else does this.
      </p>
      <RequestForm
        fields={[PASSWORD]}
        submit={submit}
        send={(values) => send(values.get("password") ?? "")}
        blame={({ code }) => (code === "wrong_credentials" || code === NEEDED ? "password" : null)}
      />
      {provider !== null && (
        <p>
          Who has no password here can{" "}
          <a href="/auth/oidc/start?fresh=true">sign in with {provider} once more</a>, and then
          begin anew.
        </p>
      )}
      <button type="button" class="button" onClick={onBack}>
        Back
      </button>
    </>
  );
}
