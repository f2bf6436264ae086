/** Wall clocks: which local time an instant is, and which instant a local time. */

import type { Day } from "./calendar.ts";

/** Instants are milliseconds since 1970. */
export interface WallTime extends Day {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const DAY_MILLISECONDS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(timeZone, format);
  return format;
}

export function wallTime(instant: number, timeZone: string): WallTime {
  const parts = new Map<string, number>();
  for (const { type, value } of formatOf(timeZone).formatToParts(instant)) {
    parts.set(type, Number(value));
  }
  const part = (name: string) => parts.get(name) ?? 0;
  return {
    year: part("year"),
    month: part("month"),
    day: part("day"),
    hour: part("hour"),
    minute: part("minute"),
    second: part("second"),
  };
}

/** How far local time is ahead of UTC, in milliseconds. */
export function offsetAt(instant: number, timeZone: string): number {
  const wholeSecond = Math.floor(instant / 1_000) * 1_000;
  return clockValue(wallTime(wholeSecond, timeZone)) - wholeSecond;
}

/**
 * The instant of a local time.
 *
 * Where the clock shows it twice, the first one; where it is skipped, the instant that it would
 * have been had the clock not jumped, which for a skipped midnight is the jump itself.
 */
export function instantOf(wall: WallTime, timeZone: string): number {
  const value = clockValue(wall);
  const before = offsetAt(value - DAY_MILLISECONDS, timeZone);
  const after = offsetAt(value + DAY_MILLISECONDS, timeZone);
  const isShownAfter =
    offsetAt(value - before, timeZone) !== before && offsetAt(value - after, timeZone) === after;
  return value - (isShownAfter ? after : before);
}

export function midnight(day: Day, timeZone: string): number {
  const { year, month, day: date } = day;
  return instantOf({ year, month, day: date, hour: 0, minute: 0, second: 0 }, timeZone);
}

/** What the clock shows, as if it were UTC. */
function clockValue({ year, month, day, hour, minute, second }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
