/** The way in: sign in, or sign up and be signed in at once. */

import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, logIn, signUp } from "../api/client.ts";
import { providerName } from "../api/other-account.ts";
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
const CODE: FieldProps = {
  name: "code",
  label: "Code",
  kind: "code",
  autoComplete: "one-time-code",
};
const CODE_NEEDED = "Enter the code that your authenticator app shows, or a recovery code.";
const ABOUT_CODE = new Set(["second_factor_needed", "second_factor_wrong"]);
const ABOUT_PASSWORD = new Set(["password_unacceptable", "wrong_credentials"]);
const NEW_PASSWORD: FieldProps = { ...PASSWORD, autoComplete: "new-password" };

interface Props {
  readonly session: Session;
  /** Why the person is here again. */
  readonly notice: string | null;
}

export function SignInView({ session, notice }: Props) {
  const [isNew, setNew] = useState(false);
  const [takesCode, setTakesCode] = useState(false);
  const [provider, setProvider] = useState<string | null>(null);
  const signedUp = useRef("");
  useEffect(() => {
    void providerName().then(setProvider);
  }, []);

  async function send(values: ReadonlyMap<string, string>): Promise<void> {
    const credentials = {
      email: values.get("email") ?? "",
      password: values.get("password") ?? "",
    };
    // Signing in may fail after that: whoever tries again has an account already.
    if (isNew && signedUp.current !== credentials.email) await signUp(credentials);
    signedUp.current = credentials.email;
    const code = values.get("code");
    try {
      const token = await logIn(code === undefined ? credentials : { ...credentials, code });
      session.begin(token, { stay: values.has("stay") });
    } catch (failure) {
      if (!(failure instanceof ApiError) || failure.code !== "second_factor_needed") throw failure;
      setTakesCode(true);
      throw new ApiError(CODE_NEEDED, failure.status, failure.code);
    }
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
          fields={fieldsOf(isNew, takesCode)}
          submit={isNew ? "Create account" : "Sign in"}
          send={send}
          blame={blame}
        >
          <label class="check">
            <input type="checkbox" name="stay" />
            Stay signed in on this device
          </label>
        </RequestForm>
        {provider !== null && (
          <p>
            <a class="button" href="/auth/oidc/start">
              Sign in with {provider}
            </a>
          </p>
        )}
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

function fieldsOf(isNew: boolean, takesCode: boolean): readonly FieldProps[] {
  if (isNew) return [EMAIL, NEW_PASSWORD];
  return takesCode ? [EMAIL, PASSWORD, CODE] : [EMAIL, PASSWORD];
}

/** What is about no other field stands beside the first. */
function blame({ code }: ApiError): string {
  if (ABOUT_CODE.has(code)) return "code";
  return ABOUT_PASSWORD.has(code) ? "password" : "email";
}
