/** What a chart says in words: its unit, and the values of the bucket that is read. */

import { qualityText } from "./figures/doubts.ts";
import { bucketText, scaleText } from "./figures/wording.ts";
import type { Selected } from "./scene/crosshair.ts";
import { type Column, isMissing, standing } from "./scene/frame.ts";
import { measureText } from "./scene/measure.ts";
import type { Plan, Scene, SceneLine } from "./scene/scene.ts";
import type { Bucket } from "./series.ts";

/** What the axis counts. */
export function unitText({ measure, currency, scale, location }: Plan): string {
  const bucket = scaleText(scale, location);
  switch (measure) {
    case "kwh":
      return `kWh per ${bucket}`;
    case "watts":
      return `Watts, mean of each ${bucket}`;
    case "cost":
      return currency === "USD"
        ? `US dollars per ${bucket}`
        : `Cost per ${bucket}, in the account's currency`;
  }
}

/** When the bucket was, and whether it is over. */
export function momentText({ plan, frame, lines }: Scene, at: number): string {
  const bucket = frame.buckets[at];
  if (bucket === undefined) return "";
  const text = bucketText(bucket, { scale: plan.scale, timeZone: plan.location.timeZone });
  const asOf = Math.max(...lines.map(({ column }) => column.asOf));
  const isRunning = lines.length > 0 && standing(bucket, asOf) === "running";
  return isRunning ? `${text}, so far` : text;
}

/** What a line has in a bucket, or why it has nothing. */
export function valueText({ plan, frame }: Scene, line: SceneLine, at: number): string {
  const value = line.values[at] ?? null;
  const quality = line.column.qualities[at];
  if (value !== null) {
    return [measureText(value, plan), qualityText(quality)].filter(Boolean).join(", ");
  }
  if (quality === "damaged") return "kept, but can no longer be read";
  const bucket = frame.buckets[at];
  return bucket === undefined ? "" : reasonText(bucket, line.column);
}

export function valueBeforeText({ plan }: Scene, line: SceneLine, at: number): string {
  const value = line.before?.values[at] ?? null;
  return value === null ? "no data" : measureText(value, plan);
}

/** All of a bucket, to be spoken. */
export function readingText(scene: Scene, at: number): string {
  const values = scene.lines.map((line) => {
    const before = line.before ? `, before: ${valueBeforeText(scene, line, at)}` : "";
    return `${line.choice.label}: ${valueText(scene, line, at)}${before}`;
  });
  return [momentText(scene, at), ...values].join("; ");
}

/** What a line comes to, in the selected buckets or in all of them. */
export function totalOf(scene: Scene, line: SceneLine, selected: Selected | null): string {
  return selected ? totalIn(scene, line, selected) : totalText(wholeTotal(line), scene.plan);
}

/**
 * All of a line; beside the period before, of the buckets that are compared, and no others.
 *
 * So that the one less the other is the difference, though a bucket may still be growing.
 */
export function wholeTotal({ statistics, before }: SceneLine): number | null {
  return before?.change ? before.change.now : statistics.total;
}

/** As energy or as money, whatever is drawn. */
export function totalText(total: number | null, { measure, currency }: Plan): string {
  if (total === null) return "no data";
  return measureText(total, { measure: measure === "cost" ? "cost" : "kwh", currency });
}

/** All of what is selected, to be spoken. */
export function selectionText(scene: Scene, selected: Selected): string {
  const totals = scene.lines.map(
    (line) => `${line.choice.label}: ${totalOf(scene, line, selected)}`,
  );
  return [selectedText(scene, selected), ...totals, "Enter zooms in"].join("; ");
}

/** When the selected buckets were. */
export function selectedText({ plan, frame }: Scene, { from, to }: Selected): string {
  const place = { scale: plan.scale, timeZone: plan.location.timeZone };
  const [first, last] = [frame.buckets[from], frame.buckets[to]];
  if (first === undefined || last === undefined) return "";
  return from === to
    ? `Selected: ${bucketText(first, place)}`
    : `Selected: ${bucketText(first, place)} to ${bucketText(last, place)}`;
}

function totalIn({ plan }: Scene, { column }: SceneLine, { from, to }: Selected): string {
  const known = column.usages.slice(from, to + 1).filter((usage) => usage !== null);
  return totalText(known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0), plan);
}

function reasonText(bucket: Bucket, { asOf }: Column): string {
  if (isMissing(bucket, null, asOf)) return "no data";
  return standing(bucket, asOf) === "to-come" ? "yet to come" : "not known yet";
}

/** Why a circuit has more here than on Now; null where it has not. */
export function nestedText({ plan }: Scene): string | null {
  const circuits = plan.series
    .map(({ choice }) => choice)
    .filter(({ nested }) => nested.length > 0);
  if (circuits.length === 0) return null;
  const each = circuits
    .map(({ label, nested }) => `${label} holds ${nested.join(", ")}`)
    .join("; ");
  return `With what hangs on it: ${each}. Now shows a circuit without those.`;
}
