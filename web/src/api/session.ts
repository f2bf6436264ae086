/**
 * A person's way in: holds the token, and has it renewed before it ends.
 *
 * The lifetime is read off the token, by the gateway's own clock; the moment to renew is counted
 * from when the token was had, so a browser whose clock is wrong renews in time all the same.
 */

import { isRecord } from "../record.ts";
import { createStore, type Store } from "../store.ts";
import { ApiError, logOut, renewToken } from "./client.ts";
import { forgetToken, type KeptToken, loadToken, onOtherTab, saveToken } from "./token-store.ts";

const RETRY_MILLISECONDS = 15_000;
/** Timers count no time while a computer sleeps: the clock is looked at so often. */
const LOOK_MILLISECONDS = 60_000;
/** So long before its end a token is renewed, or after four fifths of a short life. */
const MARGIN_SECONDS = 300;
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
  /** Forget the token; the notice is a sentence for the person. */
  end(notice: string): void;
  /** The gateway refused this token: unless there is a newer one already, the session ends. */
  refuse(token: string): void;
  /** End the login at the gateway too. */
  signOut(): Promise<void>;
  /** Do something with the token; a token that is refused ends the session. */
  use<T>(request: (token: string) => Promise<T>): Promise<T>;
}

/** `beginAnew` has the page forget all it knows, and start from what is stored. */
export function createSession(beginAnew = () => window.location.reload()): Session {
  let kept: KeptToken | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const state = createStore<SessionState>({ kind: "signed-out", notice: null });

  function hold(next: KeptToken): void {
    kept = next;
    const age = Date.now() - next.receivedAt;
    // One from the future is of unknown age: the clock was set back since.
    renewIn(age < 0 ? 0 : Math.max(0, usableMilliseconds(next.token) - age));
    state.set({ kind: "signed-in", token: next.token });
  }

  function renewIn(milliseconds: number): void {
    clearTimeout(timer);
    const pause = Math.min(milliseconds, LOOK_MILLISECONDS);
    const since = Date.now();
    timer = setTimeout(() => {
      const left = milliseconds - Math.max(pause, Date.now() - since);
      if (left > 0) renewIn(left);
      else void renew();
    }, pause);
  }

  function begin(token: string, { stay }: { readonly stay: boolean }): void {
    const next = { token, receivedAt: Date.now(), stay };
    saveToken(next);
    hold(next);
  }

  function end(notice: string | null): void {
    if (kept !== null) forgetToken(kept);
    leave(notice);
  }

  function leave(notice: string | null): void {
    clearTimeout(timer);
    kept = null;
    state.set({ kind: "signed-out", notice });
  }

  /** Go on with what another tab has put in the place of this one's. */
  function follow(old: KeptToken, next: KeptToken): void {
    if (isSamePerson(old, next)) {
      hold(next);
    } else {
      // The page is full of what it knows of the former person: it must not act for the next.
      leave(null);
      beginAnew();
    }
  }

  /** Follow what another tab has done, where this one has not heard of it yet. */
  function takeNewer(old: KeptToken): boolean {
    const newer = newerThan(old);
    if (newer !== null) follow(old, newer);
    return newer !== null;
  }

  function refuse(token: string, notice = ENDED): void {
    if (kept?.token === token && !takeNewer(kept)) end(notice);
  }

  async function renew(): Promise<void> {
    const old = kept;
    if (old === null || takeNewer(old)) return;
    try {
      const token = await renewToken(old.token);
      if (kept === old) begin(token, old);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      if (isGone(failure)) refuse(old.token, noticeOf(failure));
      else if (kept === old) renewIn(RETRY_MILLISECONDS);
    }
  }

  async function use<T>(request: (token: string) => Promise<T>): Promise<T> {
    if (kept === null) throw new ApiError(ENDED, 401);
    const { token } = kept;
    try {
      return await request(token);
    } catch (failure) {
      // A token that was renewed meanwhile is not the one that was refused.
      if (failure instanceof ApiError && isGone(failure)) refuse(token, noticeOf(failure));
      throw failure;
    }
  }

  async function signOut(): Promise<void> {
    const newer = kept && newerThan(kept);
    // Somebody else's login is not this person's to end.
    if (kept && newer && isSamePerson(kept, newer)) kept = newer;
    const last = kept;
    end(null);
    if (last === null) return;
    try {
      await logOut(last.token);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      // A login that had ended by itself is what was wanted; whoever is back in needs no notice.
      if (!isGone(failure) && kept === null) leave(`${ONLY_HERE} ${failure.message}`);
    }
  }

  onOtherTab(({ before, now }) => {
    if (kept === null) {
      // A sign-in there is one here; a renewal concerns nobody who has signed out of this tab.
      if (now !== null && before === null) hold(now);
    } else if (kept.stay) {
      if (now === null) leave(null);
      else follow(kept, now);
    }
  });
  const left = loadToken();
  if (left !== null) hold(left);
  return { state, begin, end, refuse, signOut, use };
}

/** Whether the token, or the account behind it, is no longer good. */
function isGone({ code }: ApiError): boolean {
  return code === "token_invalid" || code === "user_not_found";
}

function noticeOf({ code, message }: ApiError): string {
  return code === "token_invalid" ? ENDED : message;
}

/** How long to use a token before a new one is had: its lifetime, less a margin. */
function usableMilliseconds(token: string): number {
  const seconds = lifetimeSeconds(token);
  return 1_000 * (seconds - Math.min(MARGIN_SECONDS, seconds / 5));
}

function lifetimeSeconds(token: string): number {
  const { iat, exp } = claimsOf(token);
  if (typeof iat === "number" && typeof exp === "number") return exp - iat;
  return UNREADABLE_LIFETIME_SECONDS;
}

/** The token that has been stored in the place of this one. */
function newerThan(old: KeptToken): KeptToken | null {
  const stored = old.stay ? loadToken() : null;
  return stored?.token === old.token ? null : stored;
}

/** Whether both are known to be of one account. */
function isSamePerson(one: KeptToken, other: KeptToken): boolean {
  const { sub } = claimsOf(one.token);
  return typeof sub === "string" && sub === claimsOf(other.token).sub;
}

function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const claims: unknown = JSON.parse(atob(payload));
    if (isRecord(claims)) return claims;
  } catch {
    // Not a token that can be read: the gateway will say so when it is asked to renew it.
  }
  return {};
}
