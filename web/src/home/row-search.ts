/** Finds what has a text in its words. */

import type { Row } from "./readings.ts";

export type Finder = (among: readonly Row[]) => readonly Row[];

/**
 * Finds those that have this text in their name, panel or detail, and what they hang on.
 *
 * Where none of these rows has it as it stands, those are found that have each of its words.
 */
export function finderOf(text: string, rows: readonly Row[]): Finder {
  const fits = matcherOf(text, [...writtenIn(rows)]);
  const find: Finder = (among) =>
    among.flatMap((row) => {
      if (fits(writtenOf(row))) return row;
      const children = find(row.children);
      return children.length > 0 ? { ...row, children } : [];
    });
  return text.trim() === "" ? (among) => among : find;
}

/** Tells which of these have this text; where none has it as it stands, each of its words. */
export function matcherOf(text: string, written: readonly string[]): (written: string) => boolean {
  const wanted = text.trim().toLowerCase();
  const hasAll = (one: string) => one.toLowerCase().includes(wanted);
  if (written.some(hasAll)) return hasAll;
  const words = wanted.split(/\s+/);
  return (one) => words.every((word) => one.toLowerCase().includes(word));
}

function* writtenIn(rows: readonly Row[]): Generator<string> {
  for (const row of rows) {
    yield writtenOf(row);
    yield* writtenIn(row.children);
  }
}

function writtenOf({ name, panel, detail }: Row): string {
  return `${name} ${panel ?? ""} ${detail}`;
}
