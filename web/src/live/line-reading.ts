/** What the live line says at a moment. */

import { lastIndexOf } from "../last-index.ts";
import { type Points, WINDOW_SECONDS } from "./track.ts";

export interface LineReading {
  /** In seconds since 1970. */
  readonly second: number;
  /** Null where nobody knows. */
  readonly watts: number | null;
}

/** What was drawn at that second: each step lasts until the next, the last until the line ends. */
export function readLine({ seconds, watts }: Points, second: number): LineReading {
  const index = lastIndexOf(seconds, (one) => one <= second);
  return { second, watts: watts[index] ?? null };
}

/** Where a key leads from a second, on a line that ends at another; null where it leads nowhere. */
export function secondAfter(key: string, from: number | null, end: number): number | null {
  const last = Math.floor(end);
  const first = last - WINDOW_SECONDS;
  const by: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -60,
    PageUp: 60,
    Home: -2 * WINDOW_SECONDS,
    End: 2 * WINDOW_SECONDS,
  };
  const step = by[key];
  if (step === undefined) return null;
  return Math.min(last, Math.max(first, (from ?? last) + step));
}
