/** A key that somebody is about to make. */

import type { KeyScope, NewKey } from "../../api/account.ts";
import { addDays } from "../../time/calendar.ts";
import { utcIso } from "../../time/local-text.ts";
import { midnight } from "../../time/zone.ts";
import { limitsOf, type Tick } from "./limits.ts";

export interface Draft {
  readonly name: string;
  readonly scopes: ReadonlySet<KeyScope>;
  /** The last day that it is good for, as a field of dates has it; "" is without an end. */
  readonly lastDay: string;
  readonly isLimited: boolean;
  /** The keys of what is ticked. */
  readonly ticked: ReadonlySet<string>;
}

export type DraftField = "name" | "scopes" | "lastDay" | "limits";

export interface DraftProblem {
  readonly field: DraftField;
  readonly sentence: string;
}

export const EMPTY_DRAFT: Draft = {
  name: "",
  scopes: new Set(["read"]),
  lastDay: "",
  isLimited: false,
  ticked: new Set(),
};

interface Surroundings {
  readonly ticks: readonly Tick[];
  readonly timeZone: string;
}

/** What is to be set right before it is worth asking the gateway; null is nothing. */
export function problemOf(
  { name, scopes, lastDay, isLimited, ticked }: Draft,
  { now, timeZone }: { readonly now: number; readonly timeZone: string },
): DraftProblem | null {
  if (name.trim() === "") {
    return { field: "name", sentence: "Give it a name, so that you know it later." };
  }
  if (scopes.size === 0) return { field: "scopes", sentence: "Tick at least one." };
  const end = endOf(lastDay, timeZone);
  if (end !== null && end <= now) {
    return { field: "lastDay", sentence: "This day is over: choose one to come, or none." };
  }
  if (isLimited && ticked.size === 0) {
    return { field: "limits", sentence: "Tick at least one device or circuit." };
  }
  return null;
}

export function requestOf(draft: Draft, { ticks, timeZone }: Surroundings): NewKey {
  const { name, scopes, lastDay, isLimited, ticked } = draft;
  const end = endOf(lastDay, timeZone);
  return {
    name: name.trim(),
    scopes: [...scopes],
    ...(isLimited ? limitsOf(ticks, ticked) : {}),
    ...(end === null ? {} : { expiresAt: utcIso(end) }),
  };
}

/** A set with this in it, or without where it was. */
export function toggled<T>(set: ReadonlySet<T>, one: T): ReadonlySet<T> {
  return set.has(one) ? new Set([...set].filter((other) => other !== one)) : new Set([...set, one]);
}

/** When the day after begins; null where no day is named. */
function endOf(lastDay: string, timeZone: string): number | null {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(lastDay);
  if (!found) return null;
  const [year = 0, month = 0, day = 0] = found.slice(1).map(Number);
  return midnight(addDays({ year, month, day }, 1), timeZone);
}
