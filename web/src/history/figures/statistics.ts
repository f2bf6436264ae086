/** The figures below the chart: what a series comes to, and how that compares. */

import { type Column, type Frame, isMissing, measured, standing } from "../scene/frame.ts";
import { type Measure, meanWatts } from "../scene/measure.ts";
import type { Bucket } from "../series.ts";

const DAY_MILLISECONDS = 86_400_000;

export interface Statistics {
  /** In kWh or dollars; null where nothing is known, which is not zero. */
  readonly total: number | null;
  /** In watts, or in dollars a day; over the buckets that are known and complete. */
  readonly mean: number | null;
  readonly peak: Peak | null;
  readonly missing: number;
  /** Which share of the time is known, 0 to 1; null before anything could be. */
  readonly coverage: number | null;
}

export interface Peak {
  readonly bucket: Bucket;
  /** In what is shown. */
  readonly value: number;
}

/** All of it is of the buckets that are known and complete in both periods. */
export interface Change {
  readonly now: number;
  readonly before: number;
  readonly difference: number;
  /** Part of what it was; null where that says nothing. */
  readonly ratio: number | null;
  /** Whether some buckets of this period had to be left out. */
  readonly isPartial: boolean;
}

export function statistics(frame: Frame, column: Column, measure: Measure): Statistics {
  const { asOf } = column;
  let total: number | null = null;
  let complete = 0;
  let completeMilliseconds = 0;
  let missing = 0;
  let known = 0;
  const values: Peak[] = [];
  frame.buckets.forEach((bucket, index) => {
    const usage = column.usages[index] ?? null;
    if (isMissing(bucket, usage, asOf)) missing += 1;
    if (usage === null) return;
    known += 1;
    total = (total ?? 0) + usage;
    if (standing(bucket, asOf) === "closed") {
      complete += usage;
      completeMilliseconds += bucket.end - bucket.start;
    }
    const value = measured(bucket, usage, { measure, asOf });
    if (value !== null) values.push({ bucket, value });
  });
  return {
    total,
    mean: completeMilliseconds === 0 ? null : meanOf(complete, completeMilliseconds, measure),
    peak: peakOf(values, total),
    missing,
    coverage: column.coverage ?? shareOf(known, known + missing),
  };
}

/** How a series compares with itself in the period before; null without any pair of buckets. */
export function change(
  now: { readonly frame: Frame; readonly column: Column },
  before: { readonly frame: Frame; readonly column: Column },
  partners: readonly (number | null)[],
): Change | null {
  let sum = 0;
  let sumBefore = 0;
  let pairs = 0;
  let known = 0;
  now.frame.buckets.forEach((bucket, index) => {
    const usage = now.column.usages[index] ?? null;
    if (usage === null) return;
    known += 1;
    const usageBefore = before.column.usages[partners[index] ?? -1] ?? null;
    if (usageBefore === null || standing(bucket, now.column.asOf) !== "closed") return;
    pairs += 1;
    sum += usage;
    sumBefore += usageBefore;
  });
  if (pairs === 0) return null;
  return {
    now: sum,
    before: sumBefore,
    difference: sum - sumBefore,
    ratio: sum * sumBefore > 0 ? sum / sumBefore - 1 : null,
    isPartial: pairs < known || pairs < knownIn(before.column),
  };
}

function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function knownIn({ usages }: Column): number {
  return usages.filter((usage) => usage !== null).length;
}

function meanOf(usage: number, milliseconds: number, measure: Measure): number {
  return measure === "cost"
    ? (usage * DAY_MILLISECONDS) / milliseconds
    : meanWatts(usage, milliseconds);
}

/** The highest bucket; of a series that exports on the whole, the one that exports most. */
function peakOf(values: readonly Peak[], total: number | null): Peak | null {
  const sign = total !== null && total < 0 ? -1 : 1;
  return values.reduce<Peak | null>(
    (peak, one) => (peak === null || sign * one.value > sign * peak.value ? one : peak),
    null,
  );
}
