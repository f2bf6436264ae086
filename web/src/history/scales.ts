/** Which bucket widths make sense for a stretch of time, and which one is taken unasked. */

import type { Scale } from "../api/wire.ts";
import type { Stretch } from "./span.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** From the finest to the widest. */
export const SCALES: readonly Scale[] = ["1S", "1MIN", "15MIN", "1H", "1D", "1W", "1MON", "1Y"];

/** Where the calendar decides, about so wide: enough to count by. */
const WIDTH_MILLISECONDS: Readonly<Record<Scale, number>> = {
  "1S": 1_000,
  "1MIN": MINUTE,
  "15MIN": 15 * MINUTE,
  "1H": HOUR,
  "1D": DAY,
  "1W": 7 * DAY,
  "1MON": 30.4 * DAY,
  "1Y": 365 * DAY,
};

/** How long Emporia keeps what is finer than an hour. */
const KEPT_MILLISECONDS: ReadonlyMap<Scale, number> = new Map<Scale, number>([
  ["1S", 3 * HOUR],
  ["1MIN", 7 * DAY],
  ["15MIN", 365 * DAY],
]);

const MOST_BUCKETS = 2_000;
const MOST_BUCKETS_UNASKED = 400;

/** A day of 23 hours is a day all the same, and February is a month. */
const SHORTEST_OF_ITS_KIND = 0.9;

/** Those of which the stretch holds at least one and not too many, finest first; never empty. */
export function scalesFor(stretch: Stretch, now: number): readonly Scale[] {
  const fitting = keptScales(stretch.start, now).filter((scale) => {
    const width = WIDTH_MILLISECONDS[scale];
    const length = stretch.end - stretch.start;
    return length / width <= MOST_BUCKETS && length >= width * SHORTEST_OF_ITS_KIND;
  });
  return fitting.length > 0 ? fitting : keptScales(stretch.start, now).slice(0, 1);
}

/** The finest that can be taken in at a glance. */
export function automaticScale(stretch: Stretch, now: number): Scale {
  const fitting = scalesFor(stretch, now);
  const length = stretch.end - stretch.start;
  const calm = (scale: Scale) => length / WIDTH_MILLISECONDS[scale] <= MOST_BUCKETS_UNASKED;
  return fitting.find(calm) ?? fitting.at(-1) ?? "1H";
}

/** For a part of what was looked at: finer than before, if there is anything finer. */
export function finerScale(stretch: Stretch, now: number, than: Scale): Scale {
  const automatic = automaticScale(stretch, now);
  if (isFiner(automatic, than)) return automatic;
  return (
    scalesFor(stretch, now)
      .filter((scale) => isFiner(scale, than))
      .at(-1) ?? automatic
  );
}

/** The shortest stretch that is worth looking at: a few of the finest buckets that are kept. */
export function shortestSpan(start: number, now: number): number {
  const [finest = "1H"] = keptScales(start, now);
  return finest === "1S" ? MINUTE : 4 * WIDTH_MILLISECONDS[finest];
}

export function isFiner(scale: Scale, than: Scale): boolean {
  return SCALES.indexOf(scale) < SCALES.indexOf(than);
}

function keptScales(start: number, now: number): readonly Scale[] {
  return SCALES.filter((scale) => start >= now - (KEPT_MILLISECONDS.get(scale) ?? Infinity));
}
