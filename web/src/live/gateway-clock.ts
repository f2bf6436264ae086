/**
 * What time it is at the gateway, by this browser's clock and what frames tell.
 *
 * The frame that took the shortest way shows best how far the two clocks are apart; a difference
 * of minutes would otherwise make every sample look old, or from the future.
 */

export class GatewayClock {
  #aheadMilliseconds = Number.POSITIVE_INFINITY;

  /** Take in when the gateway received a sample (ISO 8601) that a frame has just brought. */
  observe(receivedAt: string): void {
    const ahead = Date.now() - Date.parse(receivedAt);
    this.#aheadMilliseconds = Math.min(this.#aheadMilliseconds, ahead);
  }

  /** Milliseconds since 1970 at the gateway. */
  now(): number {
    const ahead = Number.isFinite(this.#aheadMilliseconds) ? this.#aheadMilliseconds : 0;
    return Date.now() - ahead;
  }
}
