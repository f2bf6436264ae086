/**
 * Gets the series that are wanted, a few at a time, and keeps what was had.
 *
 * Whoever wants other series says so, and the requests that are no longer wanted end; those
 * that still are go on.
 */

import { ApiError } from "../api/client.ts";
import type { ChartUsage, EnergyUnit, Scale } from "../api/wire.ts";
import { createStore, type Store } from "../store.ts";
import { type Answer, createAnswers, isFresh, isSettled } from "./answers.ts";
import type { Stretch } from "./span.ts";

export interface Wanted {
  readonly gid: number;
  readonly channel: string;
  readonly stretch: Stretch;
  readonly scale: Scale;
  readonly energyUnit: EnergyUnit;
}

/** What is known of a wanted series; an old answer stays until there is a new one. */
export type Load =
  | { readonly kind: "loading"; readonly answer: Answer | null }
  | { readonly kind: "loaded"; readonly answer: Answer }
  | { readonly kind: "failed"; readonly answer: Answer | null; readonly sentence: string };

export interface HistoryLoader {
  readonly loads: Store<ReadonlyMap<string, Load>>;
  want(wanted: readonly Wanted[]): void;
  /** Ask again for what failed, and unless told otherwise for what reaches into the present. */
  refresh(which?: "all" | "failed"): void;
  /** End all requests and forget all answers. */
  end(): void;
}

export type Fetch = (wanted: Wanted, signal: AbortSignal) => Promise<ChartUsage>;

const AT_ONCE = 3;
const MOST_VALUES = 250_000;

export function keyOf({ gid, channel, stretch, scale, energyUnit }: Wanted): string {
  return `${gid}/${channel} ${stretch.start}-${stretch.end} ${scale} ${energyUnit}`;
}

export function createHistoryLoader(fetch: Fetch, now: () => number): HistoryLoader {
  const answers = createAnswers(MOST_VALUES);
  const loads = createStore<ReadonlyMap<string, Load>>(new Map());
  const running = new Map<string, AbortController>();
  let current: ReadonlyMap<string, Wanted> = new Map();
  let waiting: string[] = [];

  function want(wanted: readonly Wanted[]): void {
    current = new Map(wanted.map((one) => [keyOf(one), one]));
    for (const [key, controller] of running) {
      if (current.has(key)) continue;
      running.delete(key);
      controller.abort();
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
    return load.kind === "loading" && !running.has(key);
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

  function advance(): void {
    while (running.size < AT_ONCE) {
      const key = waiting.shift();
      const wanted = key === undefined ? undefined : current.get(key);
      if (key === undefined || wanted === undefined) return;
      const controller = new AbortController();
      running.set(key, controller);
      void ask(key, wanted, controller.signal).finally(() => {
        if (running.get(key) === controller) running.delete(key);
        advance();
      });
    }
  }

  async function ask(key: string, wanted: Wanted, signal: AbortSignal): Promise<void> {
    const asOf = now();
    try {
      const usage = await fetch(wanted, signal);
      if (signal.aborted) return;
      answers.set(key, { usage, asOf });
      tell(key, { kind: "loaded", answer: { usage, asOf } });
    } catch (failure) {
      if (signal.aborted) return;
      if (!(failure instanceof ApiError)) throw failure;
      const answer = answers.get(key) ?? null;
      tell(key, { kind: "failed", answer, sentence: failure.message });
    }
  }

  function tell(key: string, load: Load): void {
    loads.set(new Map(loads.get()).set(key, load));
  }

  function end(): void {
    want([]);
    answers.clear();
  }

  return { loads, want, refresh, end };
}
