/** Several series side by side over the same buckets: a row a bucket, a column a series. */

import type { FigureQuality } from "../../api/wire.ts";
import type { Bucket, Series } from "../series.ts";
import { type Measure, meanWatts } from "./measure.ts";

/** How long Emporia may take to show what happened. */
const PUBLICATION_MILLISECONDS = 2 * 60_000;

export interface Frame {
  readonly buckets: readonly Bucket[];
  readonly columns: readonly Column[];
}

export interface Column {
  /** When it was asked for, which is how far it can know. */
  readonly asOf: number;
  readonly usages: readonly (number | null)[];
  /** How each was come by; null where nobody tells. */
  readonly qualities: readonly (FigureQuality | null)[];
  /** Which share of the time is known, 0 to 1; null where nobody tells. */
  readonly coverage: number | null;
}

export type Answered = Series & { readonly asOf: number };

/** All buckets of all series in order; as a rule every series has the same ones. */
export function sideBySide(series: readonly Answered[]): Frame {
  const byStart = new Map(series.flatMap(({ buckets }) => buckets.map((one) => [one.start, one])));
  const buckets = [...byStart.values()].sort((one, other) => one.start - other.start);
  const columns = series.map((one) => {
    const at = placesIn(buckets, one);
    return {
      asOf: one.asOf,
      usages: at.map((index) => one.usages[index] ?? null),
      qualities: at.map((index) => one.qualities[index] ?? null),
      coverage: one.coverage,
    };
  });
  return { buckets, columns };
}

/** What a bucket is as of some moment. */
export type Standing = "closed" | "running" | "to-come";

export function standing({ start, end }: Bucket, asOf: number): Standing {
  if (start >= asOf) return "to-come";
  return end > asOf ? "running" : "closed";
}

/** Whether a bucket without a value is a gap, and not merely too young to be known. */
export function isMissing(bucket: Bucket, usage: number | null, asOf: number): boolean {
  return usage === null && bucket.end <= asOf - PUBLICATION_MILLISECONDS;
}

/** What is shown of a bucket; a mean that still runs is no power. */
export function measured(
  bucket: Bucket,
  usage: number | null,
  { measure, asOf }: { readonly measure: Measure; readonly asOf: number },
): number | null {
  if (usage === null || measure !== "watts") return usage;
  if (standing(bucket, asOf) !== "closed") return null;
  return meanWatts(usage, bucket.end - bucket.start);
}

export function measuredColumn(frame: Frame, column: Column, measure: Measure) {
  const circumstances = { measure, asOf: column.asOf };
  return frame.buckets.map((bucket, index) =>
    measured(bucket, column.usages[index] ?? null, circumstances),
  );
}

/** Where each bucket stands among the series' own; -1 is nowhere. */
function placesIn(buckets: readonly Bucket[], series: Series): readonly number[] {
  if (buckets.length === series.buckets.length) return buckets.map((_, index) => index);
  const known = new Map(series.buckets.map(({ start }, index) => [start, index]));
  return buckets.map(({ start }) => known.get(start) ?? -1);
}
