/** The bill so far beside as many days of the one before. */

import type { CostRow } from "../api/billing.ts";

/** Of a day that is compared no more may be unknown. */
const LEAST_KNOWN = 0.99;

export interface Beside {
  /** Whole days of both. */
  readonly days: number;
  /** Null where a day of them is unknown. */
  readonly current: number | null;
  readonly before: number | null;
}

/** Null as long as the bill has no whole day, and where there is no bill before. */
export function beside(
  days: readonly CostRow[],
  { from, now }: { readonly from: number; readonly now: number },
): Beside | null {
  const current = days.filter(
    ({ start, end }) => Date.parse(start) >= from && Date.parse(end) <= now,
  );
  const before = days.filter(({ start }) => Date.parse(start) < from).slice(0, current.length);
  if (current.length === 0 || before.length < current.length) return null;
  return { days: current.length, current: sumOf(current), before: sumOf(before) };
}

function sumOf(rows: readonly CostRow[]): number | null {
  return rows.reduce<number | null>((sum, { amount, coverage }) => {
    const isKnown = amount !== null && coverage >= LEAST_KNOWN;
    return sum === null || !isKnown ? null : sum + Number(amount);
  }, 0);
}
