/** What is wrong with what was filled in, field by field. */

import type { Draft } from "./draft.ts";
import { type Entry, entriesOf } from "./entries.ts";

export interface Complaint {
  readonly field: string;
  readonly sentence: string;
}

/** What can be told at once; the gateway knows the finer rules. */
export function complaintsOf(draft: Draft): readonly Complaint[] {
  return entriesOf(draft)
    .filter(({ isRight }) => !isRight)
    .map(({ field, sentence }) => ({ field, sentence }));
}

/** Which field the gateway's sentence is about; null is none that the form has. */
export function fieldOf(sentence: string, draft: Draft): string | null {
  const entries = entriesOf(draft);
  const fitting = namesIn(sentence)
    .map((name) => entries.filter(({ about }) => about === name))
    .find((found) => found.length > 0);
  return (fitting && guiltiest(fitting))?.field ?? null;
}

/** The gateway does not say which of several prices it is about. */
function guiltiest(entries: readonly Entry[]): Entry | undefined {
  return entries.find(({ isSuspect }) => isSuspect) ?? entries[0];
}

/** What a sentence such as `tiers: each has a higher limit (upToKwh).` may be about. */
function namesIn(sentence: string): readonly string[] {
  const [about = ""] = sentence.split(":");
  const [whole = ""] = /^[\w.]+$/.exec(about.trim()) ?? [];
  const [, inner = ""] = /\((upTo\w+)\)/.exec(sentence) ?? [];
  const [part = ""] = whole.split(".");
  const others: Readonly<Record<string, readonly string[]>> = {
    holidays: ["holidays.country"],
    energy: ["energy.periods"],
    demand: ["demand.periods"],
    export: ["export.periods"],
    percentages: ["percentages.percent"],
    since: ["rates"],
  };
  return [inner, whole, ...(others[part] ?? [])].filter((name) => name !== "");
}
