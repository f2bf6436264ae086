/**
 * The home's watts over the last minutes: one point a sample, steps between, gaps where nobody
 * knows. Bounded by its window, whatever comes in.
 */

export const WINDOW_SECONDS = 15 * 60;
/** A day's budget may wait for minutes; after a longer pause nobody knows what came in between. */
const LONGEST_STEP_SECONDS = 600;

/** Seconds since 1970, ascending, and the watts from each on; null is a gap. */
export interface Points {
  readonly seconds: readonly number[];
  readonly watts: readonly (number | null)[];
}

export class Track {
  #seconds: number[] = [];
  #watts: (number | null)[] = [];

  /** Take a sample in; what was noted from its second on is of a clock that was set back since. */
  add(second: number, watts: number | null): void {
    if (second === this.#seconds.at(-1)) return;
    while ((this.#seconds.at(-1) ?? Number.NEGATIVE_INFINITY) >= second) {
      this.#seconds.pop();
      this.#watts.pop();
    }
    this.#append(second, watts);
    this.#forget(second - WINDOW_SECONDS);
  }

  /** Put the past before what came live since it was asked for. */
  prepend(past: Points): void {
    const { seconds, watts } = this.points;
    const first = seconds[0] ?? Number.POSITIVE_INFINITY;
    this.#seconds = [];
    this.#watts = [];
    past.seconds.forEach((second, index) => {
      if (second < first) this.#append(second, past.watts[index] ?? null);
    });
    seconds.forEach((second, index) => {
      this.#append(second, watts[index] ?? null);
    });
    this.#forget((this.#seconds.at(-1) ?? 0) - WINDOW_SECONDS);
  }

  get points(): Points {
    return { seconds: this.#seconds, watts: this.#watts };
  }

  #append(second: number, watts: number | null): void {
    const last = this.#seconds.at(-1);
    if (last !== undefined && second - last > LONGEST_STEP_SECONDS) this.#push(last + 1, null);
    this.#push(second, watts);
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
