/** What of a scene goes into its files. */

import type { Caption } from "../../charts/history-chart-image.ts";
import { csv } from "../figures/csv.ts";
import { type Doubt, doubtsOf } from "../figures/doubts.ts";
import { stretchText } from "../figures/wording.ts";
import { unitText } from "../reading.ts";
import { standing } from "./frame.ts";
import { BEFORE_DASH, letterBefore } from "./marks.ts";
import { unitName } from "./measure.ts";
import type { Scene } from "./scene.ts";

/** A line for each bucket that has begun. */
export function sceneCsv({ plan, frame, lines }: Scene): string {
  const unit = unitName(plan);
  const asOf = Math.max(...lines.map(({ column }) => column.asOf));
  const begun = frame.buckets.filter((bucket) => standing(bucket, asOf) !== "to-come");
  const columns = lines.flatMap(({ choice, values, before }) => [
    { name: choice.label, unit, values },
    ...(before ? [{ name: `${choice.label}, period before`, unit, values: before.values }] : []),
  ]);
  return csv(begun, columns, plan.location.timeZone);
}

/** Of the strip above a chart, and of a gap. */
const DOUBT_DASHES: Readonly<Record<Doubt, readonly number[]>> = {
  averaged: [2, 3],
  partial: [9, 4],
  missing: [1, 7],
};
const GREY = "#74828a";

export function sceneCaption(scene: Scene, title: string): Caption {
  const { plan, lines } = scene;
  const { span, before, location } = plan;
  const range = stretchText(span, location);
  const legend = lines.flatMap(({ choice, mark, before: isCompared }) => {
    const { colour } = mark;
    const dash = lines.length === 1 ? [] : mark.dash;
    const now = { letter: mark.letter, label: choice.label, colour, dash };
    const then = {
      letter: letterBefore(mark),
      label: `${choice.label}, before`,
      colour,
      dash: BEFORE_DASH,
    };
    return isCompared ? [now, then] : [now];
  });
  const doubts = doubtsOf(scene).map(({ doubt, text }) => ({
    letter: "",
    label: text,
    colour: GREY,
    dash: DOUBT_DASHES[doubt],
  }));
  return {
    title,
    range: before ? `${range}, before: ${stretchText(before, location)}` : range,
    unit: `${unitText(plan)}, in the time of ${location.timeZone}`,
    legend: [...legend, ...doubts],
  };
}
