/** The way in: sign in, or sign up and be signed in at once. */

import { useRef, useState } from "preact/hooks";
import { type ApiError, logIn, signUp } from "../api/client.ts";
import type { Session } from "../api/session.ts";
import icon from "../icon.svg";
import { type FieldProps, RequestForm } from "./form.tsx";

const EMAIL: FieldProps = {
  name: "email",
  label: "Email",
  kind: "email",
  autoComplete: "username",
};
const PASSWORD: FieldProps = {
  name: "password",
  label: "Password",
  kind: "password",
  autoComplete: "current-password",
};
const ABOUT_PASSWORD = new Set(["password_unacceptable", "wrong_credentials"]);
const NEW_PASSWORD: FieldProps = { ...PASSWORD, autoComplete: "new-password" };

interface Props {
  readonly session: Session;
  /** Why the person is here again. */
  readonly notice: string | null;
}

export function SignInView({ session, notice }: Props) {
  const [isNew, setNew] = useState(false);
  const signedUp = useRef("");

  async function send(values: ReadonlyMap<string, string>): Promise<void> {
    const credentials = {
      email: values.get("email") ?? "",
      password: values.get("password") ?? "",
    };
    // Signing in may fail after that: whoever tries again has an account already.
    if (isNew && signedUp.current !== credentials.email) await signUp(credentials);
    signedUp.current = credentials.email;
    session.begin(await logIn(credentials), { stay: values.has("stay") });
  }

  return (
    <main class="view narrow stack sign-in">
      <header class="brand">
        <img src={icon} alt="" />
        Emporia Energy
      </header>
      <section class="card stack">
        <h1>{isNew ? "Create an account" : "Sign in"}</h1>
        {notice && (
          <p class="notice" role="status">
            {notice}
          </p>
        )}
        <RequestForm
          key={String(isNew)}
          fields={[EMAIL, isNew ? NEW_PASSWORD : PASSWORD]}
          submit={isNew ? "Create account" : "Sign in"}
          send={send}
          blame={blame}
        >
          <label class="check">
            <input type="checkbox" name="stay" />
            Stay signed in on this device
          </label>
        </RequestForm>
        <p>
          {isNew ? "You have an account?" : "New here?"}{" "}
          <button type="button" class="button" onClick={() => setNew(!isNew)}>
            {isNew ? "Sign in instead" : "Create an account"}
          </button>
        </p>
      </section>
      <p class="muted small">
        This account is the gateway's own. Your Emporia account is linked to it afterwards.
      </p>
    </main>
  );
}

/** What is about neither field stands beside the first. */
function blame({ code }: ApiError): string {
  return ABOUT_PASSWORD.has(code) ? "password" : "email";
}
