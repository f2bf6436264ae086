/** How far the newest sample can be trusted to be what happens now. */

import type { Quality } from "../api/wire.ts";
import type { Frame } from "./messages.ts";

/** From this age on a figure is worth a word about it. */
const NOTABLE_AGE_MILLISECONDS = 6_000;
/** A poll that is due may take so long before it counts as missing. */
const POLL_MILLISECONDS = 5_000;
/** A spent budget announces again and again, no further ahead than this, a poll that is not made. */
const EMPTY_PROMISE_MILLISECONDS = 60_000;
/** Such a promise is believed while the sample is no older than this. */
const CREDULITY_MILLISECONDS = 20 * 60_000;
/** The gateway shows no second older than 75 s; the rest is for the way here and clocks. */
const LATEST_SECOND_MILLISECONDS = 85_000;

export type Freshness =
  | { readonly kind: "live"; readonly ageMilliseconds: number }
  /** Samples are rare so that the day's budget lasts; the next one is due in a while. */
  | {
      readonly kind: "sparse";
      readonly ageMilliseconds: number;
      readonly nextInMilliseconds: number;
    }
  /** A true second, as late as true seconds are. */
  | {
      readonly kind: "replayed";
      readonly ageMilliseconds: number;
      readonly quality: Quality;
    }
  | { readonly kind: "stale"; readonly ageMilliseconds: number };

/** `now` is the gateway's, in milliseconds since 1970; `isHeard` is whether frames come in. */
export function freshnessOf(
  { live }: Frame,
  { now, isHeard }: { readonly now: number; readonly isHeard: boolean },
): Freshness {
  const ageMilliseconds = Math.max(0, now - Date.parse(live.sampledAt));
  const sinceReceived = now - Date.parse(live.receivedAt);
  if (!isHeard) return { kind: "stale", ageMilliseconds };
  if (live.quality !== undefined) {
    return ageMilliseconds > LATEST_SECOND_MILLISECONDS
      ? { kind: "stale", ageMilliseconds }
      : { kind: "replayed", ageMilliseconds, quality: live.quality };
  }
  if (!live.stale && sinceReceived < NOTABLE_AGE_MILLISECONDS)
    return { kind: "live", ageMilliseconds };
  const nextIn = live.nextPollAt === null ? null : Date.parse(live.nextPollAt) - now;
  // Without a budget nothing is put off: a sample that does not come is missing.
  const isExpected =
    nextIn !== null &&
    live.budgetLeft !== null &&
    nextIn > -POLL_MILLISECONDS &&
    (nextIn > EMPTY_PROMISE_MILLISECONDS || sinceReceived < CREDULITY_MILLISECONDS);
  return isExpected
    ? { kind: "sparse", ageMilliseconds, nextInMilliseconds: Math.max(0, nextIn) }
    : { kind: "stale", ageMilliseconds };
}
