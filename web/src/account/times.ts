/** Days and minutes in words, in one zone. */

import { ENGLISH } from "../english.ts";

export type Tell = (iso: string) => string;

/** Tells an instant to the minute, such as `Mar 1, 2026, 7:00 AM`. */
export function tellerIn(timeZone: string): Tell {
  const format = new Intl.DateTimeFormat(ENGLISH, {
    timeZone,
    dateStyle: "medium",
    timeStyle: "short",
  });
  // Newer browsers put a narrow space before AM and PM, which older ones do not.
  return (iso) => format.format(Date.parse(iso)).replace(/\s/g, " ");
}

/** The zone that this browser is set to, for who has no home yet. */
export function browsersZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC";
}
