/** A history as a file for spreadsheets and scripts: RFC 4180, numbers with a point. */

import { writing } from "../../english.ts";
import { localIso, utcIso } from "../../time/local-text.ts";
import type { Bucket } from "../series.ts";

export interface CsvColumn {
  readonly name: string;
  readonly unit: string;
  /** Of each bucket; null is a gap. */
  readonly values: readonly (number | null)[];
}

const LINE_END = "\r\n";

const plain = writing({ useGrouping: false, maximumFractionDigits: 9 });

/** A line a bucket: its start in local time and in UTC, and what each series has. */
export function csv(
  buckets: readonly Bucket[],
  columns: readonly CsvColumn[],
  timeZone: string,
): string {
  const header = ["Start (local)", "Start (UTC)", ...columns.map(headerOf)].map(textCell);
  const lines = buckets.map(({ start }, index) => [
    localIso(start, timeZone),
    utcIso(start),
    ...columns.map(({ values }) => numberCell(values[index] ?? null)),
  ]);
  return [header, ...lines].map((cells) => cells.join(",") + LINE_END).join("");
}

function headerOf({ name, unit }: CsvColumn): string {
  return `${name} (${unit})`;
}

function numberCell(value: number | null): string {
  return value === null ? "" : plain(value);
}

/** A name may begin like a formula, which a spreadsheet would run; an apostrophe keeps it text. */
function textCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
