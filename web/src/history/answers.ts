/** Answers that were had already, the least recently used forgotten first. */

import type { ChartUsage } from "../api/wire.ts";

export interface Answer {
  readonly usage: ChartUsage;
  /** When it was asked for, in milliseconds since 1970. */
  readonly asOf: number;
}

/** After this long even the totals of days have settled. */
const SETTLED_MILLISECONDS = 30 * 60_000;
const FRESH_MILLISECONDS = 60_000;

export interface Answers {
  get(key: string): Answer | undefined;
  set(key: string, answer: Answer): void;
  clear(): void;
}

/** Holds so many values, nulls counted, of however many series. */
export function createAnswers(mostValues: number): Answers {
  const held = new Map<string, Answer>();
  let values = 0;
  const forget = (key: string) => {
    values -= held.get(key)?.usage.usageList.length ?? 0;
    held.delete(key);
  };
  return {
    get(key) {
      const answer = held.get(key);
      if (answer) {
        held.delete(key);
        held.set(key, answer);
      }
      return answer;
    },
    set(key, answer) {
      forget(key);
      held.set(key, answer);
      values += answer.usage.usageList.length;
      for (const oldest of held.keys()) {
        if (values <= mostValues || oldest === key) break;
        forget(oldest);
      }
    },
    clear() {
      held.clear();
      values = 0;
    },
  };
}

/** Whether all that was asked for had happened, so that the answer holds for ever. */
export function isSettled(answer: Answer, end: number): boolean {
  return end <= answer.asOf - SETTLED_MILLISECONDS;
}

/** Whether there is no reason to ask again unasked. */
export function isFresh(answer: Answer, end: number, now: number): boolean {
  return isSettled(answer, end) || now - answer.asOf < FRESH_MILLISECONDS;
}
