/** Files of OpenEI's Utility Rate Database, as somebody has chosen them. */

import { isRecord } from "../../record.ts";

export interface Rate {
  /** What tells it from others of the same file. */
  readonly name: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** What the gateway takes of a rate, more or less; a file of the whole database is no rate. */
export const MOST_BYTES = 5_000_000;
const LONGEST_NAME = 120;

/** The rates in a file's text, in the file's order; none is a sentence on what is wrong. */
export function ratesIn(text: string): readonly Rate[] | string {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return "This is no JSON, so it is no rate. Save the rate as OpenEI's API has it.";
  }
  const items = isRecord(content) && Array.isArray(content.items) ? content.items : [content];
  const rates = items.flat().filter(isRecord);
  if (rates.length === 0) return "There is no rate in it.";
  return rates.map((rate, place) => ({ name: nameOf(rate, place), content: rate }));
}

function nameOf(rate: Record<string, unknown>, place: number): string {
  const parts = [rate.utility, rate.name].filter((part) => typeof part === "string");
  const since = dayOf(rate.startdate);
  const name = parts.join(", ") || `Rate ${place + 1}`;
  return `${name.slice(0, LONGEST_NAME)}${since === null ? "" : `, since ${since}`}`;
}

/** Of seconds since 1970. */
function dayOf(value: unknown): string | null {
  if (typeof value !== "number" || !(value >= 0 && value < 4e9)) return null;
  return new Date(value * 1_000).toISOString().slice(0, 10);
}
