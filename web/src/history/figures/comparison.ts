/** Which bucket of the period before stands beside which one of this. */

import type { Scale } from "../../api/wire.ts";
import { dayNumber } from "../../time/calendar.ts";
import { wallTime } from "../../time/zone.ts";
import { isFiner } from "../scales.ts";
import type { Bucket } from "../series.ts";
import type { Span } from "../span.ts";

export interface Period {
  readonly span: Span;
  readonly buckets: readonly Bucket[];
}

/**
 * For each bucket the index of the one before, null where there is none.
 *
 * By position; but within days by the time of day, so that the hours after a change of the
 * clock stay beside the same hours. The hour that comes twice has one partner only.
 */
export function partners(
  now: Period,
  before: Period,
  { scale, timeZone }: { readonly scale: Scale; readonly timeZone: string },
): readonly (number | null)[] {
  const isByPosition = now.span.step === "clock" || !isFiner(scale, "1D");
  if (isByPosition) {
    return now.buckets.map((_, index) => (index < before.buckets.length ? index : null));
  }
  const known = new Map(placesOf(before, timeZone).map((place, index) => [place, index]));
  return placesOf(now, timeZone).map((place) => known.get(place) ?? null);
}

/** Day of the period, time of day, and whether it is the second time the clock shows it. */
function placesOf({ span, buckets }: Period, timeZone: string): string[] {
  const firstDay = dayNumber(wallTime(span.start, timeZone));
  const seen = new Set<string>();
  return buckets.map(({ start }) => {
    const wall = wallTime(start, timeZone);
    const day = dayNumber(wall) - firstDay;
    const place = `${day} ${wall.hour}:${wall.minute}:${wall.second}`;
    const isAgain = seen.has(place);
    seen.add(place);
    return isAgain ? `${place} again` : place;
  });
}
