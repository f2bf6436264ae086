/** One series as it was answered, laid over the buckets that its stretch of time has. */

import type { ChartUsage, FigureQuality, Scale } from "../api/wire.ts";
import {
  bucketCeiling,
  bucketStart,
  bucketStarts,
  type Location,
  nextBucket,
} from "../time/buckets.ts";
import { type Span, type Stretch, spanOf } from "./span.ts";

export interface Bucket {
  readonly start: number;
  /** Exclusive: the start of the next one. */
  readonly end: number;
}

export interface Series {
  readonly buckets: readonly Bucket[];
  /** Of each bucket; null is a gap, or not known yet. */
  readonly usages: readonly (number | null)[];
  /** How each was come by; null where nobody tells. */
  readonly qualities: readonly (FigureQuality | null)[];
  /** Which share of the time is known, 0 to 1; null where nobody tells. */
  readonly coverage: number | null;
}

/** The whole buckets that hold the span: what is asked for, shown and counted. */
export function wholeBuckets(span: Span, scale: Scale, location: Location): Span {
  const start = bucketStart(scale, span.start, location);
  const end = bucketCeiling(scale, span.end, location);
  const isWhole = start === span.start && end === span.end;
  return isWhole ? span : spanOf({ start, end }, location);
}

/**
 * Value i of the answer covers the i-th bucket from its first instant.
 *
 * Where Emporia's buckets begin at other times than those known here, its own alignment is
 * followed. A bucket that the answer does not hold is null.
 */
export function readSeries(answer: ChartUsage, { stretch, scale, location }: SeriesPlace): Series {
  const first = answer.firstUsageInstant === null ? null : Date.parse(answer.firstUsageInstant);
  const held = first === null ? stretch.start : bucketStart(scale, first, location);
  const shift = first === null ? 0 : first - held;
  const known = new Map<number, number | null>();
  const told = new Map<number, FigureQuality>();
  const qualities = (answer.quality ?? []).flatMap(([one, count]) => Array(count).fill(one));
  let start = held;
  for (const [index, usage] of answer.usageList.entries()) {
    known.set(start, usage);
    if (qualities[index]) told.set(start, qualities[index]);
    start = nextBucket(scale, start, location);
  }
  const range = { from: stretch.start - shift, until: stretch.end - shift };
  const starts = [...bucketStarts(scale, range, location)];
  return {
    buckets: starts.map((begin, index) => ({
      start: begin + shift,
      end: (starts[index + 1] ?? nextBucket(scale, begin, location)) + shift,
    })),
    usages: starts.map((begin) => known.get(begin) ?? null),
    qualities: starts.map((begin) => told.get(begin) ?? null),
    coverage: answer.coverage ?? null,
  };
}

export interface SeriesPlace {
  readonly stretch: Stretch;
  readonly scale: Scale;
  readonly location: Location;
}
