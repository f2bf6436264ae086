/** Where buckets begin and end: by the clock up to an hour, by the home's calendar beyond. */

import type { Scale } from "../api/wire.ts";
import { addDays, type Day, dayNumber, dayOfMonth, monthNumber, weekday } from "./calendar.ts";
import { midnight, wallTime } from "./zone.ts";

/** Where a device's days begin, and on which day of the month its bill starts. */
export interface Location {
  readonly timeZone: string;
  readonly billingDay: number;
}

const CLOCK_MILLISECONDS: ReadonlyMap<Scale, number> = new Map<Scale, number>([
  ["1S", 1_000],
  ["1MIN", 60_000],
  ["15MIN", 900_000],
  ["1H", 3_600_000],
]);

/** The start of the bucket that holds the instant. */
export function bucketStart(scale: Scale, instant: number, location: Location): number {
  const width = CLOCK_MILLISECONDS.get(scale);
  if (width !== undefined) return Math.floor(instant / width) * width;
  const today = wallTime(instant, location.timeZone);
  return midnight(firstDay(scale, today, location), location.timeZone);
}

/** The start of the bucket after the one that begins at `start`. */
export function nextBucket(scale: Scale, start: number, location: Location): number {
  const width = CLOCK_MILLISECONDS.get(scale);
  if (width !== undefined) return start + width;
  const first = wallTime(start, location.timeZone);
  return midnight(dayAfter(scale, first, location), location.timeZone);
}

/** The first start of a bucket that is not before the instant. */
export function bucketCeiling(scale: Scale, instant: number, location: Location): number {
  const start = bucketStart(scale, instant, location);
  return start === instant ? start : nextBucket(scale, start, location);
}

/** The starts of the buckets that begin in [the start of the one that holds `from`, `until`). */
export function* bucketStarts(
  scale: Scale,
  { from, until }: { readonly from: number; readonly until: number },
  location: Location,
): Generator<number> {
  let start = bucketStart(scale, from, location);
  while (start < until) {
    yield start;
    start = nextBucket(scale, start, location);
  }
}

function firstDay(scale: Scale, today: Day, { billingDay }: Location): Day {
  switch (scale) {
    case "1W":
      return addDays(today, -weekday(today));
    case "1MON": {
      const billed = dayOfMonth(monthNumber(today), billingDay);
      const isBegun = dayNumber(billed) <= dayNumber(today);
      return isBegun ? billed : dayOfMonth(monthNumber(today) - 1, billingDay);
    }
    case "1Y":
      return { year: today.year, month: 1, day: 1 };
    default:
      return today;
  }
}

function dayAfter(scale: Scale, first: Day, { billingDay }: Location): Day {
  switch (scale) {
    case "1W":
      return addDays(first, 7);
    case "1MON":
      return dayOfMonth(monthNumber(first) + 1, billingDay);
    case "1Y":
      return { year: first.year + 1, month: 1, day: 1 };
    default:
      return addDays(first, 1);
  }
}
