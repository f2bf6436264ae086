/** Buckets, ranges and scales in words. */

import type { Scale } from "../../api/wire.ts";
import { ENGLISH } from "../../english.ts";
import { bucketStart, type Location } from "../../time/buckets.ts";
import { offsetAt } from "../../time/zone.ts";
import type { Bucket } from "../series.ts";
import type { Stretch } from "../span.ts";

const NEAR_MILLISECONDS = 3 * 3_600_000;

const DAY: Intl.DateTimeFormatOptions = {
  weekday: "short",
  year: "numeric",
  month: "short",
  day: "numeric",
};
const DAYS: Intl.DateTimeFormatOptions = { year: "numeric", month: "short", day: "numeric" };
const TIME: Intl.DateTimeFormatOptions = {
  weekday: "short",
  month: "short",
  day: "numeric",
  hour: "numeric",
  minute: "2-digit",
};

/** When a bucket was: `Tue, Nov 24, 10:15 – 10:30 AM`. */
export function bucketText(
  bucket: Bucket,
  { scale, timeZone }: { readonly scale: Scale; readonly timeZone: string },
): string {
  const { start, end } = bucket;
  switch (scale) {
    case "1S":
      return formatOf(clocked({ ...TIME, second: "2-digit" }, start, timeZone), timeZone).format(
        start,
      );
    case "1MIN":
    case "15MIN":
    case "1H":
      return formatOf(clocked(TIME, start, timeZone), timeZone).formatRange(start, end);
    case "1D":
      return formatOf(DAY, timeZone).format(start);
    case "1W":
    case "1MON":
      return formatOf(DAYS, timeZone).formatRange(start, end - 1);
    case "1Y":
      return formatOf({ year: "numeric" }, timeZone).format(start);
  }
}

/** A range: its days, or its days and times where it is not of whole days. */
export function stretchText({ start, end }: Stretch, location: Location): string {
  const { timeZone } = location;
  const isDays = [start, end].every((edge) => bucketStart("1D", edge, location) === edge);
  if (!isDays) {
    const seconds: Intl.DateTimeFormatOptions =
      start % 60_000 === 0 && end % 60_000 === 0 ? {} : { second: "2-digit" };
    const format = formatOf({ ...TIME, year: "numeric", ...seconds }, timeZone);
    return format.formatRange(start, end);
  }
  const isOne = bucketStart("1D", end - 1, location) === start;
  return isOne
    ? formatOf({ ...DAY, weekday: "long", month: "long" }, timeZone).format(start)
    : formatOf(DAYS, timeZone).formatRange(start, end - 1);
}

export function scaleText(scale: Scale, { billingDay }: Location): string {
  if (scale === "1MON") return billingDay === 1 ? "month" : "bill";
  return SCALE_TEXTS[scale];
}

const SCALE_TEXTS: Readonly<Record<Scale, string>> = {
  "1S": "second",
  "1MIN": "minute",
  "15MIN": "15 minutes",
  "1H": "hour",
  "1D": "day",
  "1W": "week",
  "1MON": "month",
  "1Y": "year",
};

/** Near a change of the clock a time of day is told with its zone: it may come twice. */
function clocked(
  options: Intl.DateTimeFormatOptions,
  instant: number,
  timeZone: string,
): Intl.DateTimeFormatOptions {
  const before = offsetAt(instant - NEAR_MILLISECONDS, timeZone);
  const after = offsetAt(instant + NEAR_MILLISECONDS, timeZone);
  return before === after ? options : { ...options, timeZoneName: "short" };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once each: they are costly, and a crosshair asks for one at every move. */
function formatOf(options: Intl.DateTimeFormatOptions, timeZone: string): Intl.DateTimeFormat {
  const key = JSON.stringify([options, timeZone]);
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(ENGLISH, { ...options, timeZone });
  formats.set(key, format);
  return format;
}
