/** Several series side by side over the same buckets: a row a bucket, a column a series. */

import { type Measure, meanWatts } from "./measure.ts";
import type { Bucket, Series } from "./series.ts";

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
}

export type Answered = Series & { readonly asOf: number };

/** All buckets of all series in order; as a rule every series has the same ones. */
export function sideBySide(series: readonly Answered[]): Frame {
  const byStart = new Map(series.flatMap(({ buckets }) => buckets.map((one) => [one.start, one])));
  const buckets = [...byStart.values()].sort((one, other) => one.start - other.start);
  const columns = series.map((one) => ({ asOf: one.asOf, usages: usagesAt(buckets, one) }));
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

function usagesAt(buckets: readonly Bucket[], series: Series): readonly (number | null)[] {
  if (buckets.length === series.buckets.length) return series.usages;
  const known = new Map(
    series.buckets.map(({ start }, index) => [start, series.usages[index] ?? null]),
  );
  return buckets.map(({ start }) => known.get(start) ?? null);
}
