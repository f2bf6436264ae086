/** Joining an account of the provider's: the way there, and how it ended. */

import { createStore } from "../store.ts";
import type { Back } from "./other-account.ts";

/** In this tab alone, which is the one that comes back. */
const KEY = "emporia-energy-joining";
const JOINED = "It is joined: from now on you can sign in with it.";

/** What came of it, for the person; null where there is nothing to say. */
export const joining = createStore<string | null>(null);

/** Go to the provider; whoever comes back in this tab comes back from joining. */
export function leaveToJoin(address: string): void {
  sessionStorage.setItem(KEY, "on the way");
  window.location.assign(address);
}

/** What came of it where it was for joining that somebody went, else null; asked once. */
export function outcomeOf({ code, notice }: Back): string | null {
  const wasOnTheWay = sessionStorage.getItem(KEY) !== null;
  sessionStorage.removeItem(KEY);
  return wasOnTheWay && code === null ? (notice ?? JOINED) : null;
}
