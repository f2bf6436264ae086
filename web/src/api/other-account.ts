/** Signing in with another account: what the page was sent back with, and the token for it. */

import { ApiError, fetchHandedOver, readProvider } from "./client.ts";

/** The gateway sends a browser that comes back from the provider to `#/oidc?...`. */
const BACK = /^#\/oidc(?:\?(.*))?$/;

const SENTENCES: Readonly<Record<string, string>> = {
  oidc_unknown:
    "No account here belongs to this sign-in. Sign in with your password, and join it to your " +
    "account there.",
  oidc_taken: "This sign-in belongs to an account already, or your account has another.",
  oidc_unavailable: "The service that you sign in with does not answer. Try again in a moment.",
  email_taken:
    "An account here has your email already. Sign in with its password, and join this sign-in " +
    "to it there.",
  sign_up_closed: "Sign-up is closed here; ask whoever runs this gateway for an account.",
};
const REFUSED = "Signing in did not work out; please begin again.";

/** What somebody came back with; the address is cleaned at once, so that no history keeps it. */
export interface Back {
  readonly code: string | null;
  /** A sentence for the person; null where there is nothing to say. */
  readonly notice: string | null;
}

export function takeBack(): Back | null {
  const found = BACK.exec(window.location.hash);
  if (found === null) return null;
  window.history.replaceState(null, "", window.location.pathname);
  const told = new URLSearchParams(found[1] ?? "");
  if (told.has("joined")) return { code: null, notice: null };
  const code = told.get("code");
  if (code !== null) return { code, notice: null };
  return { code: null, notice: SENTENCES[told.get("error") ?? ""] ?? REFUSED };
}

/** The token; a sentence where there is none. */
export async function tokenFor(code: string): Promise<{ token: string } | { notice: string }> {
  try {
    return { token: await fetchHandedOver(code) };
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure;
    return { notice: failure.message };
  }
}

/** What to write on the button; null where there is to be none, or nobody can tell. */
export async function providerName(): Promise<string | null> {
  try {
    return await readProvider();
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure;
    return null;
  }
}
