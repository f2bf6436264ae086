/** How long to wait before each try: ever longer, and never quite when others do. */

const FIRST_SECONDS = 1;
const LONGEST_SECONDS = 30;

export class Backoff {
  #longest = FIRST_SECONDS;

  /** The pause before the next try, in milliseconds. */
  next(random: () => number = Math.random): number {
    const pause = this.#longest * (0.5 + random() / 2);
    this.#longest = Math.min(this.#longest * 2, LONGEST_SECONDS);
    return pause * 1_000;
  }

  reset(): void {
    this.#longest = FIRST_SECONDS;
  }
}
