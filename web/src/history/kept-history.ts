/** What was looked at and what was had, for when somebody comes back from another view. */

import type { Session } from "../api/session.ts";
import { readGroup } from "./batches.ts";
import { createHistoryLoader, type HistoryLoader } from "./loader.ts";
import type { Selection } from "./scene/selection.ts";

export interface Kept {
  readonly loader: HistoryLoader;
  /** Null until something was looked at. */
  selection: Selection | null;
  /** Milliseconds since 1970 at the gateway. */
  now: () => number;
  /** By how much this browser's clock was found wrong when the answers were had. */
  correctionMilliseconds: number;
}

const bySession = new WeakMap<Session, Kept>();

/** One for each session, until it ends. */
export function keptFor(session: Session, now: () => number): Kept {
  const known = bySession.get(session);
  if (known) {
    known.now = now;
    return known;
  }
  const loader = createHistoryLoader(
    (group, signal) => session.use((token) => readGroup(token, group, { now: kept.now(), signal })),
    () => kept.now(),
  );
  const correctionMilliseconds = correctionOf(now);
  const kept: Kept = { loader, selection: null, now, correctionMilliseconds };
  bySession.set(session, kept);
  const unsubscribe = session.state.subscribe(() => {
    if (session.state.get().kind === "signed-in") return;
    unsubscribe();
    bySession.delete(session);
    loader.end();
  });
  return kept;
}

/** How far the gateway's clock is ahead of this browser's. */
export function correctionOf(now: () => number): number {
  return now() - Date.now();
}
