/** Local times as machines write them: ISO 8601 with its offset, and what a form field holds. */

import { instantOf, offsetAt, type WallTime, wallTime } from "./zone.ts";

/** Such as `2026-03-01T00:00:00-05:00`. */
export function localIso(instant: number, timeZone: string): string {
  const offset = offsetAt(instant, timeZone);
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const sign = offset < 0 ? "-" : "+";
  const text = `${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  const wall = wallTime(instant, timeZone);
  return `${dateText(wall)}T${two(wall.hour)}:${two(wall.minute)}:${two(wall.second)}${text}`;
}

/** Such as `2026-03-01T12:00:00Z`. */
export function utcIso(instant: number): string {
  return new Date(instant).toISOString().replace(".000Z", "Z");
}

/** The value of a `datetime-local` field, to the minute. */
export function fieldValue(instant: number, timeZone: string): string {
  const wall = wallTime(instant, timeZone);
  return `${dateText(wall)}T${two(wall.hour)}:${two(wall.minute)}`;
}

/** The instant that a `datetime-local` field names; null where it names none. */
export function readField(value: string, timeZone: string): number | null {
  const found = /^(\d{4,6})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?/.exec(value);
  if (!found) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1)
    .map((digits) => Number(digits ?? 0));
  return instantOf({ year, month, day, hour, minute, second }, timeZone);
}

function dateText({ year, month, day }: WallTime): string {
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
