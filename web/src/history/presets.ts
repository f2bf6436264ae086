/** The ranges that people ask for by name. */

import { bucketStart, type Location, nextBucket } from "../time/buckets.ts";
import { addDays } from "../time/calendar.ts";
import { midnight, wallTime } from "../time/zone.ts";
import type { Span, Stretch } from "./span.ts";

export type Preset =
  | "last-hour"
  | "today"
  | "yesterday"
  | "last-7-days"
  | "last-30-days"
  | "billing-month"
  | "calendar-month"
  | "this-year";

const PRESETS: readonly (readonly [Preset, string])[] = [
  ["last-hour", "Last hour"],
  ["today", "Today"],
  ["yesterday", "Yesterday"],
  ["last-7-days", "Last 7 days"],
  ["last-30-days", "Last 30 days"],
  ["billing-month", "This bill"],
  ["calendar-month", "This month"],
  ["this-year", "This year"],
];

export const PRESET_NAMES: readonly Preset[] = PRESETS.map(([preset]) => preset);

/** With their names; a bill that begins on the first is the calendar's month. */
export function presetsAt(location: Location): readonly (readonly [Preset, string])[] {
  return PRESETS.filter(([preset]) => preset !== "billing-month" || location.billingDay !== 1);
}

/** The range as of now, to its end, which may be yet to come. */
export function presetSpan(preset: Preset, now: number, location: Location): Span {
  const calendar = { ...location, billingDay: 1 };
  switch (preset) {
    case "last-hour": {
      const end = nextBucket("1MIN", bucketStart("1MIN", now, location), location);
      return { start: end - 3_600_000, end, step: "clock" };
    }
    case "today":
      return { ...days(0, 1, now, location), step: "days" };
    case "yesterday":
      return { ...days(-1, 0, now, location), step: "days" };
    case "last-7-days":
      return { ...days(-6, 1, now, location), step: "days" };
    case "last-30-days":
      return { ...days(-29, 1, now, location), step: "days" };
    case "billing-month":
      return { ...bucket("1MON", now, location), step: "months" };
    case "calendar-month":
      return { ...bucket("1MON", now, calendar), step: "months" };
    case "this-year":
      return { ...bucket("1Y", now, calendar), step: "months" };
  }
}

function days(from: number, until: number, now: number, { timeZone }: Location): Stretch {
  const today = wallTime(now, timeZone);
  return {
    start: midnight(addDays(today, from), timeZone),
    end: midnight(addDays(today, until), timeZone),
  };
}

function bucket(scale: "1MON" | "1Y", now: number, location: Location): Stretch {
  const start = bucketStart(scale, now, location);
  return { start, end: nextBucket(scale, start, location) };
}
