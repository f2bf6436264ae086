/**
 * Gets the series that are wanted, those of one range together, and keeps what was had.
 *
 * Whoever wants other series says so, and the requests that are no longer wanted end; those
 * that still are, or hold another that is, go on.
 */

import { ApiError } from "../api/client.ts";
import type { ChartUsage, EnergyUnit, Scale } from "../api/wire.ts";
import { createStore, type Store } from "../store.ts";
import type { Location } from "../time/buckets.ts";
import { type Answer, createAnswers, isFresh, isSettled } from "./answers.ts";
import { groupOf, MOST_TOGETHER } from "./batches.ts";
import type { Stretch } from "./span.ts";

export interface Wanted {
  readonly gid: number;
  readonly channel: string;
  readonly stretch: Stretch;
  readonly scale: Scale;
  readonly energyUnit: EnergyUnit;
  /** Where its days begin. */
  readonly location: Location;
}

/** What is known of a wanted series; an old answer stays until there is a new one. */
export type Load =
  | { readonly kind: "loading"; readonly answer: Answer | null }
  | { readonly kind: "loaded"; readonly answer: Answer }
  | {
      readonly kind: "failed";
      readonly answer: Answer | null;
      readonly sentence: string;
      /** From when on it is worth another try, by this browser's clock. */
      readonly pausedUntil: number;
    };

export interface HistoryLoader {
  readonly loads: Store<ReadonlyMap<string, Load>>;
  want(wanted: readonly Wanted[]): void;
  /** Ask again for what failed, and unless told otherwise for what reaches into the present. */
  refresh(which?: "all" | "failed"): void;
  /** End all requests and forget all answers. */
  end(): void;
}

/** An answer or a failure for each; raises ApiError where there is no answer for any. */
export type Fetch = (
  group: readonly Wanted[],
  signal: AbortSignal,
) => Promise<readonly (ChartUsage | ApiError)[]>;

interface Running {
  readonly keys: readonly string[];
  readonly controller: AbortController;
}

const AT_ONCE = 3;
const UNANSWERED = "The gateway did not tell of this series.";
const MOST_VALUES = 250_000;

export function keyOf({ gid, channel, stretch, scale, energyUnit }: Wanted): string {
  return `${gid}/${channel} ${stretch.start}-${stretch.end} ${scale} ${energyUnit}`;
}

export function createHistoryLoader(fetch: Fetch, now: () => number): HistoryLoader {
  const answers = createAnswers(MOST_VALUES);
  const loads = createStore<ReadonlyMap<string, Load>>(new Map());
  const running = new Set<Running>();
  let current: ReadonlyMap<string, Wanted> = new Map();
  let waiting: string[] = [];

  function want(wanted: readonly Wanted[]): void {
    current = new Map(wanted.map((one) => [keyOf(one), one]));
    for (const one of running) {
      if (one.keys.some((key) => current.has(key))) continue;
      running.delete(one);
      one.controller.abort();
    }
    const before = loads.get();
    const next = new Map<string, Load>();
    for (const [key, one] of current) {
      const known = before.get(key);
      const isUnderWay = known && known.kind !== "loaded";
      next.set(key, isUnderWay ? known : held(key, one));
    }
    waiting = [...next].filter(([key, load]) => isDue(key, load)).map(([key]) => key);
    loads.set(next);
    advance();
  }

  function held(key: string, { stretch }: Wanted): Load {
    const answer = answers.get(key);
    if (answer && isFresh(answer, stretch.end, now())) return { kind: "loaded", answer };
    return { kind: "loading", answer: answer ?? null };
  }

  function isDue(key: string, load: Load): boolean {
    return load.kind === "loading" && !isRunning(key);
  }

  function refresh(which: "all" | "failed" = "all"): void {
    const next = new Map(loads.get());
    for (const [key, load] of next) {
      const end = current.get(key)?.stretch.end ?? 0;
      const isOld = load.kind === "loaded" && which === "all" && !isSettled(load.answer, end);
      if (load.kind === "failed" || isOld) next.set(key, { kind: "loading", answer: load.answer });
    }
    waiting = [...next].filter(([key, load]) => isDue(key, load)).map(([key]) => key);
    loads.set(next);
    advance();
  }

  function isRunning(key: string): boolean {
    return [...running].some(({ keys }) => keys.includes(key));
  }

  function advance(): void {
    while (running.size < AT_ONCE) {
      const keys = nextGroup();
      if (keys.length === 0) return;
      const one = { keys, controller: new AbortController() };
      running.add(one);
      void ask(one).finally(() => {
        running.delete(one);
        advance();
      });
    }
  }

  /** The first that waits, with all others that share its request. */
  function nextGroup(): readonly string[] {
    const groupAt = (key: string) => {
      const wanted = current.get(key);
      return wanted && groupOf(wanted);
    };
    const group = waiting.map(groupAt).find((one) => one !== undefined);
    const keys = waiting.filter((key) => groupAt(key) === group).slice(0, MOST_TOGETHER);
    waiting = waiting.filter((key) => !keys.includes(key));
    return group === undefined ? [] : keys;
  }

  async function ask({ keys, controller: { signal } }: Running): Promise<void> {
    const asOf = now();
    const group = keys.flatMap((key) => current.get(key) ?? []);
    let got: readonly (ChartUsage | ApiError)[];
    try {
      got = await fetch(group, signal);
    } catch (failure) {
      if (signal.aborted) return;
      if (!(failure instanceof ApiError)) throw failure;
      got = group.map(() => failure);
    }
    if (signal.aborted) return;
    tell(keys.flatMap((key, index) => [[key, loadOf(key, got[index], asOf)] as const]));
  }

  function loadOf(key: string, got: ChartUsage | ApiError | undefined, asOf: number): Load {
    if (got !== undefined && !(got instanceof ApiError)) {
      const answer = { usage: got, asOf };
      answers.set(key, answer);
      return { kind: "loaded", answer };
    }
    const answer = answers.get(key) ?? null;
    const pausedUntil = Date.now() + (got?.pauseMilliseconds ?? 0);
    return { kind: "failed", answer, sentence: got?.message ?? UNANSWERED, pausedUntil };
  }

  /** What is no longer wanted is kept, and not shown. */
  function tell(told: readonly (readonly [string, Load])[]): void {
    const wanted = told.filter(([key]) => current.has(key));
    loads.set(new Map([...loads.get(), ...wanted]));
  }

  function end(): void {
    want([]);
    answers.clear();
  }

  return { loads, want, refresh, end };
}
