/**
 * How series are told apart: by letter, by dashes, and by colour last of all.
 *
 * Every colour keeps a contrast of 3:1 or more against the light and the dark surfaces of the
 * page, so one set serves both.
 */

export interface Mark {
  readonly letter: string;
  readonly colour: string;
  /** In CSS pixels: line, space, line, ...; empty is a whole line. */
  readonly dash: readonly number[];
}

export const MARKS: readonly Mark[] = [
  { letter: "A", colour: "#0f8f7c", dash: [] },
  { letter: "B", colour: "#cc6a10", dash: [10, 4] },
  { letter: "C", colour: "#3d7de0", dash: [10, 3, 3, 3] },
  { letter: "D", colour: "#cf4d97", dash: [5, 3] },
  { letter: "E", colour: "#7c8a12", dash: [14, 3, 3, 3, 3, 3] },
  { letter: "F", colour: "#9465e0", dash: [20, 5] },
  { letter: "G", colour: "#d8504a", dash: [6, 3, 6, 3, 3, 3] },
  { letter: "H", colour: "#1490b8", dash: [14, 4, 5, 4] },
  { letter: "I", colour: "#9c7350", dash: [5, 3, 3, 3] },
  { letter: "J", colour: "#74828a", dash: [22, 4, 3, 4] },
];

/** The period before, of whichever series. */
export const BEFORE_DASH: readonly number[] = [2, 3];

/** As a letter of its own: the series, before. */
export function letterBefore({ letter }: Mark): string {
  return `${letter}′`;
}

export function markAt(slot: number): Mark {
  const mark = MARKS[slot] ?? MARKS[0];
  if (mark === undefined) throw new RangeError(`There is no mark ${slot}.`);
  return mark;
}
