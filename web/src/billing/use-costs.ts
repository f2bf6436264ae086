/** The bill of a home so far, the one before, and their days. */

import { useCallback } from "preact/hooks";
import { useFresh } from "../account/use-fresh.ts";
import { type CostRow, type Costs, readCosts } from "../api/billing.ts";
import { ApiError } from "../api/client.ts";
import type { Session } from "../api/session.ts";
import type { Loaded } from "../loaded.ts";

/** So far back there is some of the bill before, however long the current one is. */
const BACK_MILLISECONDS = 34 * 86_400_000;
/** What is told stands for so long: the archive gets a quarter hour at a time. */
const FRESH_MILLISECONDS = 15 * 60_000;

export interface HomeCosts {
  /** By line, the current bill last. */
  readonly bills: Costs;
  readonly current: CostRow | null;
  readonly before: CostRow | null;
  /** The current bill by circuit. */
  readonly byCircuit: CostRow | null;
  /** Of both bills, the oldest first. */
  readonly days: readonly CostRow[];
  readonly now: number;
}

interface Place {
  readonly session: Session;
  readonly home: number;
  readonly now: () => number;
  /** Another number is another tariff: all is asked for anew. */
  readonly changes: number;
}

/** The value is null inside where no tariff is for the home. */
export interface Answer {
  readonly costs: HomeCosts | null;
}

export function useCosts(place: Place): readonly [Loaded<Answer>, () => void] {
  const { session, home, now, changes } = place;
  const load = useCallback(
    () => keptFor({ session, home, now, changes }),
    [session, home, now, changes],
  );
  return useFresh(load);
}

interface Kept {
  readonly changes: number;
  readonly askedAt: number;
  readonly answer: Promise<Answer>;
}

const kept = new WeakMap<Session, Map<number, Kept>>();

function keptFor(place: Place): Promise<Answer> {
  const { session, home, now, changes } = place;
  const homes = kept.get(session) ?? new Map<number, Kept>();
  kept.set(session, homes);
  const known = homes.get(home);
  const isFresh = known?.changes === changes && now() - known.askedAt < FRESH_MILLISECONDS;
  if (known && isFresh) return known.answer;
  const answer = read(place);
  homes.set(home, { changes, askedAt: now(), answer });
  // What failed is asked for again the next time; nobody waits for a tariff in vain.
  answer.then(
    ({ costs }) => costs === null && homes.delete(home),
    () => homes.delete(home),
  );
  return answer;
}

async function read({ session, home, now: clock }: Place): Promise<Answer> {
  const now = clock();
  const end = new Date(now);
  const ask = (query: Pick<Parameters<typeof readCosts>[1], "start" | "by" | "split">) =>
    session.use((token) => readCosts(token, { home, end, ...query }));
  try {
    const bills = await ask({
      start: new Date(now - BACK_MILLISECONDS),
      by: "bill",
      split: "line",
    });
    const [current = null, before = null] = [...bills.rows].reverse();
    if (current === null) {
      return { costs: { bills, current, before, byCircuit: null, days: [], now } };
    }
    const [byCircuit, days] = await Promise.all([
      ask({ start: new Date(current.start), by: "bill", split: "circuit" }),
      ask({ start: new Date((before ?? current).start), by: "day" }),
    ]);
    const circuits = byCircuit.rows.at(-1) ?? null;
    return { costs: { bills, current, before, byCircuit: circuits, days: days.rows, now } };
  } catch (failure) {
    if (failure instanceof ApiError && failure.code === "no_tariff") return { costs: null };
    throw failure;
  }
}
