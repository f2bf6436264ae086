/** What of a history is less than a figure of Emporia's own: averaged, known in part, or not there. */

import type { FigureQuality } from "../../api/wire.ts";
import { countText } from "../../format.ts";
import { isMissing } from "../scene/frame.ts";
import type { Scene, SceneLine } from "../scene/scene.ts";
import type { Stretch } from "../span.ts";

/** As the legend names them, in its order. */
export const DOUBTS = [
  ["averaged", "Averaged: Emporia spread a mean over it"],
  ["partial", "Known in part: the sum of what is known"],
  ["missing", "No data"],
] as const;

export type Doubt = (typeof DOUBTS)[number][0];

/** A figure that is drawn otherwise. */
export type FigureDoubt = Exclude<Doubt, "missing">;

export function figureDoubt({ column, values }: SceneLine, at: number): FigureDoubt | null {
  const quality = column.qualities[at];
  const isDoubtful = quality === "averaged" || quality === "partial";
  return isDoubtful && (values[at] ?? null) !== null ? quality : null;
}

/** How a figure was come by, where that is not the common way; "" says nothing. */
export function qualityText(quality: FigureQuality | null | undefined): string {
  return (quality && FIGURE_WORDS[quality]) ?? "";
}

const FIGURE_WORDS: Readonly<Partial<Record<FigureQuality, string>>> = {
  averaged: "averaged",
  partial: "known in part",
  backfilled: "came late",
  imported: "imported",
};

/** Where any line has figures of this kind; neighbours are one stretch. */
export function doubtfulStretches({ frame, lines }: Scene, doubt: FigureDoubt): readonly Stretch[] {
  return joined(
    frame.buckets.filter((_, at) => lines.some((line) => figureDoubt(line, at) === doubt)),
  );
}

export interface DoubtCount {
  readonly doubt: Doubt;
  readonly text: string;
}

/** What is to be said of a scene, such as `No data: Fridge 3 of 96`; nothing where all is well. */
export function doubtsOf({ frame, lines }: Scene): readonly DoubtCount[] {
  return DOUBTS.flatMap(([doubt, text]) => {
    const counts = lines.flatMap((line) => {
      const count = frame.buckets.filter((_, at) => isOf(line, at, doubt)).length;
      return count > 0 ? [`${line.choice.label} ${countText(count)}`] : [];
    });
    const all = `of ${countText(frame.buckets.length)}`;
    return counts.length > 0 ? [{ doubt, text: `${text}: ${counts.join(", ")} ${all}` }] : [];

    function isOf(line: SceneLine, at: number, wanted: Doubt): boolean {
      if (wanted !== "missing") return figureDoubt(line, at) === wanted;
      const bucket = frame.buckets[at];
      const { usages, asOf } = line.column;
      return bucket !== undefined && isMissing(bucket, usages[at] ?? null, asOf);
    }
  });
}

/** Neighbours as one. */
export function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const whole: Stretch[] = [];
  for (const { start, end } of stretches) {
    const last = whole.at(-1);
    if (last?.end === start) whole[whole.length - 1] = { start: last.start, end };
    else whole.push({ start, end });
  }
  return whole;
}
