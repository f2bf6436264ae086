/**
 * What time it is at the gateway, by this browser's clock and what frames tell.
 *
 * Between them a sample was received and the next poll is due, so each frame bounds how far the two
 * clocks are apart. As far as the bounds allow, they are taken to be in agreement; minutes between
 * them would otherwise make every sample look old, or from the future.
 */

import type { Live } from "../api/wire.ts";

export class GatewayClock {
  #aheadMilliseconds = 0;
  #mostAheadMilliseconds = Number.POSITIVE_INFINITY;

  /** Take in what a frame tells that has just come. */
  observe({ receivedAt, nextPollAt }: Pick<Live, "receivedAt" | "nextPollAt">): void {
    const now = Date.now();
    const most = now - Date.parse(receivedAt);
    const least = nextPollAt === null ? Number.NEGATIVE_INFINITY : now - Date.parse(nextPollAt);
    // The frame that took the shortest way told the most, unless a clock was set since.
    const isContradicted = least > this.#mostAheadMilliseconds;
    this.#mostAheadMilliseconds = isContradicted
      ? most
      : Math.min(this.#mostAheadMilliseconds, most);
    this.#aheadMilliseconds = Math.max(least, Math.min(0, this.#mostAheadMilliseconds));
  }

  /** Milliseconds since 1970 at the gateway. */
  readonly now = (): number => Date.now() - this.#aheadMilliseconds;
}
