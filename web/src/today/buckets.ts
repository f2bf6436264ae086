/** Buckets of a flow, and what they came to from one moment to another. */

import type { FlowName, HomeFlows } from "../api/flows.ts";

/** Moments are milliseconds since 1970. */
export interface Buckets {
  readonly start: number;
  readonly width: number;
  /** In kWh; null is unknown, and so is what is known in part. */
  readonly kwh: readonly (number | null)[];
}

export interface Stretch {
  readonly from: number;
  readonly until: number;
}

export interface Sum {
  readonly kwh: number;
  /** Which share of the time is in it, 0 to 1. */
  readonly known: number;
}

export interface Extreme extends Stretch {
  /** The mean of the bucket. */
  readonly watts: number;
}

const HOUR_MILLISECONDS = 3_600_000;

export function bucketsOf(told: HomeFlows, name: FlowName, width: number): Buckets {
  const isWhole = told.quality.flatMap(([quality, count]) =>
    new Array<boolean>(count).fill(quality === "measured" || quality === "netted"),
  );
  return {
    start: told.firstUsageInstant === null ? 0 : Date.parse(told.firstUsageInstant),
    width,
    kwh: told.flows[name].map((kwh, index) => (isWhole[index] ? kwh : null)),
  };
}

/** Where the last bucket ends that is known and begins in the stretch; null where none is. */
export function knownUntil(buckets: Buckets, within: Stretch): number | null {
  const ends = [...parts(buckets, within)].filter(({ kwh }) => kwh !== null);
  return ends.at(-1)?.until ?? null;
}

/** Of a bucket that is only partly within, that part; null where nothing is known. */
export function sumOf(buckets: Buckets, within: Stretch): Sum | null {
  let [kwh, milliseconds] = [0, 0];
  for (const part of parts(buckets, within)) {
    if (part.kwh === null) continue;
    kwh += (part.kwh * (part.until - part.from)) / buckets.width;
    milliseconds += part.until - part.from;
  }
  if (milliseconds === 0) return null;
  return { kwh, known: milliseconds / (within.until - within.from) };
}

/** The first of those buckets wholly within that are highest. */
export function highest(buckets: Buckets, within: Stretch): Extreme | null {
  return extreme(buckets, within, (one, other) => one > other);
}

/** The first of those that are lowest. */
export function lowest(buckets: Buckets, within: Stretch): Extreme | null {
  return extreme(buckets, within, (one, other) => one < other);
}

function extreme(
  buckets: Buckets,
  within: Stretch,
  isFurther: (one: number, other: number) => boolean,
): Extreme | null {
  let found: Extreme | null = null;
  for (const { from, until, kwh } of parts(buckets, within)) {
    if (kwh === null || until - from < buckets.width) continue;
    const watts = (kwh * 1_000 * HOUR_MILLISECONDS) / buckets.width;
    if (found === null || isFurther(watts, found.watts)) found = { from, until, watts };
  }
  return found;
}

function* parts(
  { start, width, kwh }: Buckets,
  { from, until }: Stretch,
): Generator<Stretch & { readonly kwh: number | null }> {
  for (const [index, value] of kwh.entries()) {
    const begin = Math.max(from, start + index * width);
    const end = Math.min(until, start + (index + 1) * width);
    if (begin < end) yield { from: begin, until: end, kwh: value };
  }
}
