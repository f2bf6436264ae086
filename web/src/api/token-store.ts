/** Where the token is kept: for this tab, or for this browser where the person asked for that. */

import { isRecord } from "../record.ts";

const KEY = "emporia-energy-token";

export interface KeptToken {
  readonly token: string;
  /** When it was had, in milliseconds since 1970 by this browser's clock. */
  readonly receivedAt: number;
  /** Whether it outlives the tab. */
  readonly stay: boolean;
}

/** What another tab did with the token that stays; null is none. */
export interface Change {
  readonly before: KeptToken | null;
  readonly now: KeptToken | null;
}

export function loadToken(): KeptToken | null {
  return read(sessionStorage.getItem(KEY), false) ?? read(localStorage.getItem(KEY), true);
}

/** Replaced in one step: other tabs hear of a new token, and not of an end before it. */
export function saveToken({ token, receivedAt, stay }: KeptToken): void {
  placeOf(stay).setItem(KEY, JSON.stringify({ token, receivedAt }));
}

/** This one alone: a token that another tab has put in its place is still good. */
export function forgetToken({ token, stay }: KeptToken): void {
  const place = placeOf(stay);
  if (read(place.getItem(KEY), stay)?.token === token) place.removeItem(KEY);
}

/** Hear of what other tabs of this browser do, in the order they did it; the answer ends it. */
export function onOtherTab(listener: (change: Change) => void): () => void {
  const hear = ({ storageArea, key, oldValue, newValue }: StorageEvent) => {
    // Without a key, all that was stored has been cleared.
    if (storageArea !== localStorage || (key !== KEY && key !== null)) return;
    listener({ before: read(oldValue, true), now: read(newValue, true) });
  };
  window.addEventListener("storage", hear);
  return () => window.removeEventListener("storage", hear);
}

function placeOf(stay: boolean): Storage {
  return stay ? localStorage : sessionStorage;
}

function read(text: string | null, stay: boolean): KeptToken | null {
  if (text === null) return null;
  try {
    const kept: unknown = JSON.parse(text);
    if (!isRecord(kept)) return null;
    const { token, receivedAt } = kept;
    if (typeof token === "string" && typeof receivedAt === "number")
      return { token, receivedAt, stay };
  } catch {
    // Somebody else's text under our key is no token.
  }
  return null;
}
