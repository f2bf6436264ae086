/**
 * Where a time axis is marked: round local times, exact across a change of the clock.
 *
 * Computed here, and not by shifting dates as charts do, because a shifted date goes wrong
 * wherever the browser's own zone changes its clock.
 */

import { addDays, type Day, dayNumber, monthNumber } from "./calendar.ts";
import { instantOf, midnight, offsetAt, wallTime } from "./zone.ts";

export type TickUnit = "second" | "minute" | "hour" | "day" | "month" | "year";

export interface Ticks {
  readonly unit: TickUnit;
  readonly instants: readonly number[];
}

interface Step {
  readonly unit: TickUnit;
  readonly count: number;
}

const UNIT_MILLISECONDS: Readonly<Record<TickUnit, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  month: 30.4 * 86_400_000,
  year: 365.25 * 86_400_000,
};

const STEPS: readonly Step[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => ({ unit: "second" as const, count })),
  ...[1, 2, 5, 10, 15, 30].map((count) => ({ unit: "minute" as const, count })),
  ...[1, 2, 3, 6, 12].map((count) => ({ unit: "hour" as const, count })),
  ...[1, 2, 7].map((count) => ({ unit: "day" as const, count })),
  ...[1, 2, 3, 6].map((count) => ({ unit: "month" as const, count })),
  ...[1, 2, 5, 10].map((count) => ({ unit: "year" as const, count })),
];
const WIDEST: Step = { unit: "year", count: 20 };

/** The finest round times in [start, end], as a rule no more than there is room for in a unit. */
export function timeTicks(
  { start, end }: { readonly start: number; readonly end: number },
  timeZone: string,
  mostOf: (unit: TickUnit) => number,
): Ticks {
  const fits = ({ unit, count }: Step) =>
    (end - start) / (count * UNIT_MILLISECONDS[unit]) <= Math.max(1, mostOf(unit));
  const step = STEPS.find(fits) ?? WIDEST;
  const instants = [...new Set(instantsOf(step, { start, end }, timeZone))].filter(
    (instant) => instant >= start && instant <= end,
  );
  return { unit: step.unit, instants };
}

function instantsOf(
  step: Step,
  { start, end }: { readonly start: number; readonly end: number },
  timeZone: string,
): Iterable<number> {
  const first = wallTime(start, timeZone);
  const last = wallTime(end, timeZone);
  const { unit, count } = step;
  switch (unit) {
    case "second":
    case "minute":
      return everyMilliseconds(count * UNIT_MILLISECONDS[unit], { start, end }, timeZone);
    case "hour":
      return everyHours(count, first, last, timeZone);
    case "day":
      return everyDays(count, first, last, timeZone);
    case "month":
      return everyMonths(count, monthNumber(first), monthNumber(last), timeZone);
    case "year":
      return everyMonths(12 * count, monthNumber(first), monthNumber(last), timeZone);
  }
}

function* everyMilliseconds(
  width: number,
  { start, end }: { readonly start: number; readonly end: number },
  timeZone: string,
): Generator<number> {
  const offset = offsetAt(start, timeZone);
  for (
    let instant = Math.ceil((start + offset) / width) * width - offset;
    instant <= end;
    instant += width
  ) {
    yield instant;
  }
}

function* everyHours(count: number, first: Day, last: Day, timeZone: string): Generator<number> {
  for (const day of daysFrom(first, last)) {
    for (let hour = 0; hour < 24; hour += count) {
      const instant = instantOf({ ...day, hour, minute: 0, second: 0 }, timeZone);
      // An hour that the clock skips is not on the axis.
      if (hour === 0 || wallTime(instant, timeZone).hour === hour) yield instant;
    }
  }
}

function* everyDays(count: number, first: Day, last: Day, timeZone: string): Generator<number> {
  // 1970 began on a Thursday: with this, weeks begin on Monday.
  const monday = 4;
  for (const day of daysFrom(first, last)) {
    if ((dayNumber(day) - monday) % count === 0) yield midnight(day, timeZone);
  }
}

function* everyMonths(
  count: number,
  first: number,
  last: number,
  timeZone: string,
): Generator<number> {
  for (let number = Math.ceil(first / count) * count; number <= last; number += count) {
    const year = Math.floor(number / 12);
    yield midnight({ year, month: number - year * 12 + 1, day: 1 }, timeZone);
  }
}

function* daysFrom(first: Day, last: Day): Generator<Day> {
  const { year, month, day } = first;
  for (let next: Day = { year, month, day }; dayNumber(next) <= dayNumber(last); ) {
    yield next;
    next = addDays(next, 1);
  }
}
