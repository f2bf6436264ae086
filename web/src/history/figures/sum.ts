/** Several series as one: the sum of each bucket, unknown where one of them is. */

import type { FigureQuality } from "../../api/wire.ts";
import { type Answered, sideBySide } from "../scene/frame.ts";

/** A sum is no better than the worst that is in it. */
const WORST_FIRST: readonly FigureQuality[] = [
  "damaged",
  "unknown",
  "missing",
  "partial",
  "averaged",
  "imported",
  "backfilled",
  "live",
];

export function summed(series: readonly Answered[]): Answered {
  const [only, ...others] = series;
  if (only !== undefined && others.length === 0) return only;
  const { buckets, columns } = sideBySide(series);
  return {
    buckets,
    usages: buckets.map((_, index) => sumOf(columns.map(({ usages }) => usages[index] ?? null))),
    qualities: buckets.map((_, index) => {
      const told = columns.map(({ qualities }) => qualities[index]);
      return WORST_FIRST.find((quality) => told.includes(quality)) ?? null;
    }),
    coverage: leastOf(columns.map(({ coverage }) => coverage)),
    asOf: Math.min(...columns.map(({ asOf }) => asOf)),
  };
}

function sumOf(values: readonly (number | null)[]): number | null {
  return values.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0);
}

function leastOf(shares: readonly (number | null)[]): number | null {
  return shares.reduce((least, one) =>
    least === null || one === null ? null : Math.min(least, one),
  );
}
