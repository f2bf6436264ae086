/** The circuits and devices that drew most of the day's energy. */

import type { CostCircuit } from "../api/billing.ts";
import { BALANCE } from "../api/wire.ts";
import { circuitKey } from "../home/model.ts";
import type { Row } from "../home/readings.ts";

/** What is priced and what is shown may differ by so much of it: the one ends a little before. */
const MOST_APART = 0.2;

export interface Drawn {
  readonly key: string;
  readonly name: string;
  readonly panel: string | null;
  readonly kwh: number;
}

/** The highest first; what is a part of another in the list is left out, as what gives is. */
export function mostDrawn(
  rows: readonly Row[],
  kwhOf: (key: string) => number | null,
  { most, batteries }: { readonly most: number; readonly batteries: ReadonlySet<string> },
): readonly Drawn[] {
  return [...apart(rows, null)]
    .filter(({ key, channel }) => channel !== BALANCE && !batteries.has(key))
    .flatMap(({ key, name, panel }) => {
      const kwh = kwhOf(key);
      return kwh !== null && kwh > 0 ? [{ key, name, panel, kwh }] : [];
    })
    .sort((one, other) => other.kwh - one.kwh)
    .slice(0, most);
}

/** Legs, and the circuits of a device that is a row, are in the figures of what they stand under. */
function* apart(rows: readonly Row[], gid: number | null): Generator<Row> {
  for (const row of rows) {
    if (row.gid !== gid) yield row;
    yield* apart(row.children, row.gid);
  }
}

/**
 * What each cost; null is unknown.
 *
 * The archive prices what it holds, which is no cost of the day where it lacks much of that; and a
 * circuit with all that hangs on it, while here each stands for itself.
 */
export function amountsOf(circuits: readonly CostCircuit[]): (drawn: Drawn) => string | null {
  const byKey = new Map(
    circuits.map((one) => [circuitKey(one.deviceGid ?? 0, one.channel ?? ""), one]),
  );
  return ({ key, kwh }) => {
    const priced = byKey.get(key);
    const isSame = priced && priced.kwh !== null && Math.abs(priced.kwh - kwh) <= kwh * MOST_APART;
    return isSame ? priced.amount : null;
  };
}
