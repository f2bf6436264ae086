/** What the day came to so far, beside yesterday and what is usual. */

import type { HomeFlows } from "../api/flows.ts";
import { addDays } from "../time/calendar.ts";
import { instantOf, midnight, wallTime } from "../time/zone.ts";
import {
  type Buckets,
  bucketsOf,
  type Extreme,
  highest,
  knownUntil,
  lowest,
  type Stretch,
  type Sum,
  sumOf,
} from "./buckets.ts";

export const QUARTER_MILLISECONDS = 900_000;
export const HOUR_MILLISECONDS = 3_600_000;
export const WEEKS = 4;
/** Of a day that is compared no more may be unknown. */
export const LEAST_KNOWN = 0.99;

export interface Usual {
  /** The median. */
  readonly kwh: number;
  /** Of how many days. */
  readonly days: number;
}

export interface Sun {
  readonly generation: Sum | null;
  readonly selfUse: Sum | null;
}

export interface TodayFigures {
  /** Up to when the figures of today reach; midnight where nothing is known yet. */
  readonly until: number;
  readonly today: Sum | null;
  readonly yesterday: Sum | null;
  /** The highest quarter hour. */
  readonly peak: Extreme | null;
  readonly sun: Sun;
}

export interface UsualFigures {
  readonly usual: Usual | null;
  /** The quietest hour of the last week. */
  readonly alwaysOn: Extreme | null;
}

/** The day that holds the moment, as far as it has come. */
export function todayOf(told: HomeFlows, now: number, timeZone: string): TodayFigures {
  const used = bucketsOf(told, "consumption", QUARTER_MILLISECONDS);
  const begin = startOf(now, timeZone, 0);
  // A quarter hour that still grows compares with none of another day.
  const over = Math.floor(now / QUARTER_MILLISECONDS) * QUARTER_MILLISECONDS;
  const until = knownUntil(used, { from: begin, until: over }) ?? begin;
  const today = { from: begin, until };
  const sumToday = (buckets: Buckets) => sumOf(buckets, today);
  return {
    until,
    today: sumToday(used),
    yesterday: sumOf(used, sameTime(until, begin, timeZone, -1)),
    peak: highest(used, today),
    sun: {
      generation: sumToday(bucketsOf(told, "generation", QUARTER_MILLISECONDS)),
      selfUse: sumToday(bucketsOf(told, "selfUse", QUARTER_MILLISECONDS)),
    },
  };
}

/** What of four weeks is usual at the moment up to which today is known. */
export function usualOf(told: HomeFlows, until: number, now: number, timeZone: string) {
  const used = bucketsOf(told, "consumption", HOUR_MILLISECONDS);
  const begin = startOf(now, timeZone, 0);
  const sums = Array.from({ length: WEEKS }, (_, week) =>
    sumOf(used, sameTime(until, begin, timeZone, -7 * (week + 1))),
  ).filter((sum) => sum !== null && sum.known >= LEAST_KNOWN);
  const week = { from: startOf(now, timeZone, -7), until: begin };
  const figures: UsualFigures = {
    usual: medianOf(sums.map((sum) => sum?.kwh ?? 0)),
    alwaysOn: lowest(used, week),
  };
  return figures;
}

/** The midnight before a moment, so many days on. */
export function startOf(moment: number, timeZone: string, days: number): number {
  return midnight(addDays(wallTime(moment, timeZone), days), timeZone);
}

/** Another day from its midnight to the same time of day. */
function sameTime(until: number, begin: number, timeZone: string, days: number): Stretch {
  const from = startOf(begin, timeZone, days);
  // A day that is over ends at the other's midnight, not at its beginning.
  if (until >= startOf(begin, timeZone, 1))
    return { from, until: startOf(begin, timeZone, days + 1) };
  const { hour, minute, second } = wallTime(until, timeZone);
  const day = wallTime(from, timeZone);
  return { from, until: instantOf({ ...day, hour, minute, second }, timeZone) };
}

function medianOf(values: readonly number[]): Usual | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  const kwh = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
  return { kwh, days: sorted.length };
}
