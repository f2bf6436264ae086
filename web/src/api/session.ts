/**
 * A person's way in: holds the token, and has it renewed before it ends.
 *
 * The lifetime is read off the token, by the gateway's own clock; the moment to renew is counted
 * from when the token was had, so a browser whose clock is wrong renews in time all the same.
 */

import { createStore, type Store } from "../store.ts";
import { ApiError, logOut, renewToken } from "./client.ts";
import { forgetToken, type KeptToken, loadToken, onOtherTab, saveToken } from "./token-store.ts";

const RETRY_MILLISECONDS = 15_000;
const LONGEST_TIMER_MILLISECONDS = 2 ** 31 - 1;
const UNREADABLE_LIFETIME_SECONDS = 60;

const ENDED = "Your sign-in has ended. Please sign in again.";
const ONLY_HERE = "You are signed out in this browser, but the gateway could not be told:";

export type SessionState =
  | { readonly kind: "signed-out"; readonly notice: string | null }
  | { readonly kind: "signed-in"; readonly token: string };

export interface Session {
  readonly state: Store<SessionState>;
  /** Take a token in; `stay` keeps it beyond the tab. */
  begin(token: string, options: { readonly stay: boolean }): void;
  /** Forget the token; the notice is a sentence for the person, that of an ended login at least. */
  end(notice?: string): void;
  /** End the login at the gateway too. */
  signOut(): Promise<void>;
  /** Do something with the token; a token that is refused ends the session. */
  use<T>(request: (token: string) => Promise<T>): Promise<T>;
}

export function createSession(): Session {
  let kept: KeptToken | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const state = createStore<SessionState>({ kind: "signed-out", notice: null });

  function hold(next: KeptToken): void {
    kept = next;
    clearTimeout(timer);
    const due = next.receivedAt + usableMilliseconds(next.token) - Date.now();
    timer = setTimeout(renew, Math.min(Math.max(due, 0), LONGEST_TIMER_MILLISECONDS));
    state.set({ kind: "signed-in", token: next.token });
  }

  function begin(token: string, { stay }: { readonly stay: boolean }): void {
    const next = { token, receivedAt: Date.now(), stay };
    saveToken(next);
    hold(next);
  }

  function end(notice: string | null): void {
    clearTimeout(timer);
    kept = null;
    forgetToken();
    state.set({ kind: "signed-out", notice });
  }

  async function renew(): Promise<void> {
    const old = kept;
    if (old === null) return;
    try {
      const token = await renewToken(old.token);
      if (kept === old) begin(token, old);
    } catch (failure) {
      if (kept !== old) return;
      if (failure instanceof ApiError && failure.status === 401) end(ENDED);
      else timer = setTimeout(renew, RETRY_MILLISECONDS);
    }
  }

  async function use<T>(request: (token: string) => Promise<T>): Promise<T> {
    const current = kept;
    if (current === null) throw new ApiError(ENDED, 401);
    try {
      return await request(current.token);
    } catch (failure) {
      const refused = failure instanceof ApiError && isGone(failure);
      // A token that was renewed meanwhile is not the one that was refused.
      if (refused && kept === current) end(failure.status === 401 ? ENDED : failure.message);
      throw failure;
    }
  }

  async function signOut(): Promise<void> {
    const current = kept;
    end(null);
    if (current === null) return;
    try {
      await logOut(current.token);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      // A login that had ended by itself is what was wanted.
      if (failure.status !== 401) end(`${ONLY_HERE} ${failure.message}`);
    }
  }

  onOtherTab((other) => {
    if (other === null) {
      if (kept?.stay) end(null);
    } else if (kept === null || kept.stay) hold(other);
  });
  const left = loadToken();
  if (left !== null) hold(left);
  return { state, begin, end: (notice = ENDED) => end(notice), signOut, use };
}

/** Whether the token, or the account behind it, is no longer good. */
function isGone(failure: ApiError): boolean {
  return (
    (failure.status === 401 && failure.message === "Invalid or expired token.") ||
    (failure.status === 404 && failure.message === "User not found.")
  );
}

/** How long to use a token before a new one is had: its lifetime, less a margin. */
function usableMilliseconds(token: string): number {
  const seconds = lifetimeSeconds(token);
  return 1_000 * (seconds - Math.min(60, seconds / 5));
}

function lifetimeSeconds(token: string): number {
  try {
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const { iat, exp } = JSON.parse(atob(payload));
    if (typeof iat === "number" && typeof exp === "number") return exp - iat;
  } catch {
    // Not a token that can be read: the gateway will say so when it is asked to renew it.
  }
  return UNREADABLE_LIFETIME_SECONDS;
}
