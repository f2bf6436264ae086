/**
 * The home's watts over the last minutes: one point a sample, steps between, gaps where nobody
 * knows. Bounded by its window, whatever comes in.
 */

import { lastIndexOf } from "../last-index.ts";

export const WINDOW_SECONDS = 15 * 60;
/** The past is told by the second: no step of it is longer. */
const LONGEST_STEP_OF_THE_PAST_SECONDS = 15;

/** Seconds since 1970, ascending, and the watts from each on; null is a gap. */
export interface Points {
  readonly seconds: readonly number[];
  readonly watts: readonly (number | null)[];
}

export class Track {
  #seconds: number[] = [];
  #watts: (number | null)[] = [];

  /**
   * Take a sample in; what was noted from its second on is of a clock that was set back since.
   *
   * Where it does not join the one before, there is a gap between the two.
   */
  add(second: number, watts: number | null, { joins }: { readonly joins: boolean }): void {
    if (second === this.#seconds.at(-1)) return;
    while ((this.#seconds.at(-1) ?? Number.NEGATIVE_INFINITY) >= second) {
      this.#seconds.pop();
      this.#watts.pop();
    }
    const last = this.#seconds.at(-1);
    if (last !== undefined && !joins) this.#push(last + 1, null);
    this.#push(second, watts);
    this.#forget(second - WINDOW_SECONDS);
  }

  /** Put the past where nobody knew: before what came live, and into its gaps. */
  fill(past: Points): void {
    const { seconds, watts } = this.points;
    const isUnknown = (second: number) => {
      const index = lastIndexOf(seconds, (known) => known <= second);
      return index === -1 || (watts[index] === null && index < seconds.length - 1);
    };
    const merged = new Map(seconds.map((second, index) => [second, watts[index] ?? null]));
    past.seconds.forEach((second, index) => {
      if (!isUnknown(second)) return;
      merged.set(second, past.watts[index] ?? null);
      const next = Math.min(
        past.seconds[index + 1] ?? Number.POSITIVE_INFINITY,
        seconds.find((known) => known > second) ?? second,
      );
      if (next - second > LONGEST_STEP_OF_THE_PAST_SECONDS) merged.set(second + 1, null);
    });
    this.#seconds = [...merged.keys()].sort((one, other) => one - other);
    this.#watts = this.#seconds.map((second) => merged.get(second) ?? null);
    this.#forget((this.#seconds.at(-1) ?? 0) - WINDOW_SECONDS);
  }

  get points(): Points {
    return { seconds: this.#seconds, watts: this.#watts };
  }

  #push(second: number, watts: number | null): void {
    this.#seconds.push(second);
    this.#watts.push(watts);
  }

  /** One point before the window stays: its step reaches into it. */
  #forget(before: number): void {
    let count = 0;
    while ((this.#seconds[count + 1] ?? before) < before) count += 1;
    if (count === 0) return;
    this.#seconds.splice(0, count);
    this.#watts.splice(0, count);
  }
}
