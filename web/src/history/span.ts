/** A stretch of time that is looked at, and how it moves: by the clock, by days or by months. */

import { bucketStart, type Location } from "../time/buckets.ts";
import { addDays, dayNumber, dayOfMonth, monthNumber } from "../time/calendar.ts";
import { midnight, wallTime } from "../time/zone.ts";

/** Half-open; in milliseconds since 1970. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface Span extends Stretch {
  /** What it is made of, and so what the span before it is: a week before is seven days before. */
  readonly step: Step;
}

export type Step = "clock" | "days" | "months";

/** Whole months where it begins and ends with one, calendar's or bill's; else whole days. */
export function spanOf({ start, end }: Stretch, location: Location): Span {
  return { start, end, step: stepOf({ start, end }, location) };
}

/** The span so many of its own lengths later, or earlier where the count is negative. */
export function shifted(span: Span, times: number, location: Location): Span {
  const { timeZone } = location;
  const first = wallTime(span.start, timeZone);
  const last = wallTime(span.end, timeZone);
  switch (span.step) {
    case "clock": {
      const by = times * (span.end - span.start);
      return { ...span, start: span.start + by, end: span.end + by };
    }
    case "days": {
      const by = times * (dayNumber(last) - dayNumber(first));
      return {
        ...span,
        start: midnight(addDays(first, by), timeZone),
        end: midnight(addDays(last, by), timeZone),
      };
    }
    case "months": {
      const by = times * (monthNumber(last) - monthNumber(first));
      const begins = isWhole("1MON", span, location) ? location.billingDay : 1;
      const start = dayOfMonth(monthNumber(first) + by, begins);
      const end = dayOfMonth(monthNumber(last) + by, begins);
      return { ...span, start: midnight(start, timeZone), end: midnight(end, timeZone) };
    }
  }
}

function stepOf(stretch: Stretch, location: Location): Step {
  const calendar = { ...location, billingDay: 1 };
  const isMonths = isWhole("1MON", stretch, location) || isWhole("1MON", stretch, calendar);
  if (isMonths) return "months";
  return isWhole("1D", stretch, location) ? "days" : "clock";
}

function isWhole(scale: "1D" | "1MON", { start, end }: Stretch, location: Location): boolean {
  return [start, end].every((edge) => bucketStart(scale, edge, location) === edge);
}
