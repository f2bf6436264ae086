/** Finds rows by what stands in them. */

import type { Row } from "./readings.ts";

export type Finder = (among: readonly Row[]) => readonly Row[];

/**
 * Finds those that have this text in their name, panel or detail, and what they hang on.
 *
 * Where none of these rows has it as it stands, those are found that have each of its words.
 */
export function finderOf(text: string, rows: readonly Row[]): Finder {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return (among) => among;
  const exact = finder((written) => written.includes(wanted));
  if (exact(rows).length > 0) return exact;
  const words = wanted.split(/\s+/);
  return finder((written) => words.every((word) => written.includes(word)));
}

function finder(fits: (written: string) => boolean): Finder {
  const find: Finder = (among) =>
    among.flatMap((row) => {
      if (fits(`${row.name} ${row.panel ?? ""} ${row.detail}`.toLowerCase())) return row;
      const children = find(row.children);
      return children.length > 0 ? { ...row, children } : [];
    });
  return find;
}
