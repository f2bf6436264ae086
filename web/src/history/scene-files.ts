/** What of a scene goes into its files. */

import type { Caption } from "../charts/history-chart-image.ts";
import { csv } from "./csv.ts";
import { standing } from "./frame.ts";
import { BEFORE_DASH, letterBefore } from "./marks.ts";
import { unitName } from "./measure.ts";
import { unitText } from "./reading.ts";
import type { Scene } from "./scene.ts";
import { stretchText } from "./wording.ts";

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

export function sceneCaption({ plan, lines }: Scene, title: string): Caption {
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
  return {
    title,
    range: before ? `${range}, before: ${stretchText(before, location)}` : range,
    unit: `${unitText(plan)}, in the time of ${location.timeZone}`,
    legend,
  };
}
