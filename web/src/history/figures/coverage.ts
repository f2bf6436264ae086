/** How much is known of each day, by months, and how keys go from day to day. */

import type { DayShare } from "../../api/archive.ts";
import { ENGLISH } from "../../english.ts";
import { addDays, type Day } from "../../time/calendar.ts";
import { midnight } from "../../time/zone.ts";
import type { Stretch } from "../span.ts";

export interface CoveredDay extends Day {
  /** Which part of the day is known, 0 to 1. */
  readonly share: number;
}

export interface CoveredMonth {
  readonly name: string;
  readonly share: number;
  readonly days: readonly CoveredDay[];
}

const MONTH = new Intl.DateTimeFormat(ENGLISH, {
  timeZone: "UTC",
  month: "short",
  year: "numeric",
});
const DAY = new Intl.DateTimeFormat(ENGLISH, { timeZone: "UTC", dateStyle: "full" });

/** The newest month first, its days in order; what is no day is passed over. */
export function monthsOf(days: readonly DayShare[]): readonly CoveredMonth[] {
  const byMonth = new Map<string, CoveredDay[]>();
  for (const [text, share] of days) {
    const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
    if (day === undefined) continue;
    const key = `${year}-${month}`;
    const one = { year: Number(year), month: Number(month), day: Number(day), share };
    byMonth.set(key, [...(byMonth.get(key) ?? []), one]);
  }
  return [...byMonth.values()].reverse().map((covered) => ({
    name: textBy(MONTH, covered[0]),
    share: meanShare(covered),
    days: covered,
  }));
}

export function meanShare(days: readonly { readonly share: number }[]): number {
  return days.length === 0 ? 0 : days.reduce((sum, { share }) => sum + share, 0) / days.length;
}

/** Such as `Sunday, March 1, 2026`. */
export function dayText(day: Day): string {
  return textBy(DAY, day);
}

/** All of the day in a zone, which may have 23 or 25 hours. */
export function dayStretch(day: Day, timeZone: string): Stretch {
  return { start: midnight(day, timeZone), end: midnight(addDays(day, 1), timeZone) };
}

export interface Place {
  readonly month: number;
  readonly day: number;
}

/** Where a key leads to, by index; null leaves it to the page. */
export function placeAfter(
  key: string,
  { month, day }: Place,
  months: readonly CoveredMonth[],
): Place | null {
  switch (key) {
    case "ArrowLeft":
    case "ArrowRight":
      return besides(month, day + (key === "ArrowLeft" ? -1 : 1), months);
    case "ArrowUp":
      return sameDayIn(month - 1, { month, day }, months);
    case "ArrowDown":
      return sameDayIn(month + 1, { month, day }, months);
    case "Home":
      return { month, day: 0 };
    case "End":
      return { month, day: lastOf(months[month]) };
    default:
      return null;
  }
}

/** The months go from top to bottom into the past. */
function besides(month: number, day: number, months: readonly CoveredMonth[]): Place {
  if (day < 0) {
    const earlier = months[month + 1];
    return earlier ? { month: month + 1, day: lastOf(earlier) } : { month, day: 0 };
  }
  if (day <= lastOf(months[month])) return { month, day };
  return month > 0 ? { month: month - 1, day: 0 } : { month, day: day - 1 };
}

function sameDayIn(target: number, from: Place, months: readonly CoveredMonth[]): Place {
  const next = months[target];
  const wanted = months[from.month]?.days[from.day]?.day ?? 1;
  if (next === undefined) return from;
  const found = next.days.findIndex(({ day }) => day >= wanted);
  return { month: target, day: found === -1 ? lastOf(next) : found };
}

function lastOf(month: CoveredMonth | undefined): number {
  return (month?.days.length ?? 1) - 1;
}

function textBy(format: Intl.DateTimeFormat, day: Day | undefined): string {
  return day ? format.format(Date.UTC(day.year, day.month - 1, day.day)) : "";
}
