/**
 * Draws a series of buckets: each as wide as it lasted, nothing where nothing is known.
 *
 * No line joins what a gap parts, and none slopes from one bucket to the next.
 */

import uPlot from "uplot";
import type { Bucket } from "../history/series.ts";
import { hatching } from "./history-chart-doubts.ts";

export interface StepsStyle {
  readonly colour: string;
  /** A series that stands alone is filled down to zero. */
  readonly isFilled: boolean;
  /** Until when buckets were complete; one that still runs is drawn as still growing. */
  readonly asOf: number;
  /** Whether the bucket is averaged, which is drawn lighter or hatched. */
  readonly isAveraged: (index: number) => boolean;
}

const NARROWEST_BAR = 8;
/** Of the arrow above what still grows, in CSS pixels. */
const ARROW = { gap: 4, length: 9, head: 3 };
const WIDE_BAR = 24;
const WASH = "38";
const LIGHT = "a0";

type Values = readonly (number | null)[];

export function stepsPath(
  buckets: readonly Bucket[],
  values: Values,
  style: StepsStyle,
): uPlot.Series.PathBuilder {
  return (chart) => {
    if (!style.isFilled) {
      return { stroke: outline(chart, buckets, values, style), fill: null, flags: 0 };
    }
    const isBars = chart.bbox.width / buckets.length >= NARROWEST_BAR * uPlot.pxRatio;
    return isBars ? bars(chart, buckets, values, style) : area(chart, buckets, values, style);
  };
}

interface Place {
  readonly left: number;
  readonly right: number;
  readonly y: number;
  /** Whether the one before it was drawn too and ended where this one begins. */
  readonly isJoined: boolean;
  readonly bucket: Bucket;
  readonly index: number;
}

function* places(chart: uPlot, buckets: readonly Bucket[], values: Values): Generator<Place> {
  const across = (instant: number) => Math.round(chart.valToPos(instant, "x", true));
  let end: number | null = null;
  for (const [index, bucket] of buckets.entries()) {
    const value = values[index] ?? null;
    if (value !== null) {
      yield {
        left: across(bucket.start),
        right: across(bucket.end),
        y: Math.round(chart.valToPos(value, "y", true)),
        isJoined: end === bucket.start,
        bucket,
        index,
      };
    }
    end = value === null ? null : bucket.end;
  }
}

/**
 * What still grows stands by itself, under an arrow: joined it would look like a fall. What is
 * averaged is lighter than the rest.
 */
function outline(chart: uPlot, buckets: readonly Bucket[], values: Values, style: StepsStyle) {
  const paths = { own: new Path2D(), averaged: new Path2D() };
  let last: Path2D | null = null;
  let height = 0;
  for (const { left, right, y, isJoined, bucket, index } of places(chart, buckets, values)) {
    const isGrowing = bucket.end > style.asOf;
    const path = style.isAveraged(index) ? paths.averaged : paths.own;
    const joins = isJoined && !isGrowing;
    if (joins && path !== last) path.moveTo(left, height);
    if (joins) path.lineTo(left, y);
    else path.moveTo(left, y);
    path.lineTo(right, y);
    if (isGrowing) arrow(path, (left + right) / 2, y);
    [last, height] = [path, y];
  }
  return new Map([
    [style.colour, paths.own],
    [style.colour + LIGHT, paths.averaged],
  ]);
}

function arrow(path: Path2D, x: number, y: number): void {
  const head = ARROW.head * uPlot.pxRatio;
  const bottom = y - ARROW.gap * uPlot.pxRatio;
  const top = bottom - ARROW.length * uPlot.pxRatio;
  path.moveTo(x, bottom);
  path.lineTo(x, top);
  path.moveTo(x - head, top + head);
  path.lineTo(x, top);
  path.lineTo(x + head, top + head);
}

function area(chart: uPlot, buckets: readonly Bucket[], values: Values, style: StepsStyle) {
  const zero = Math.round(chart.valToPos(0, "y", true));
  const [washed, hatched] = [new Path2D(), new Path2D()];
  for (const { left, right, y, index } of places(chart, buckets, values)) {
    const path = style.isAveraged(index) ? hatched : washed;
    path.rect(left, y, right - left, zero - y);
  }
  return {
    stroke: outline(chart, buckets, values, style),
    fill: new Map<string | CanvasPattern, Path2D>([
      [style.colour + WASH, washed],
      [hatching(chart.ctx, style.colour + LIGHT), hatched],
    ]),
    flags: 0,
  };
}

function bars(chart: uPlot, buckets: readonly Bucket[], values: Values, style: StepsStyle) {
  const ratio = uPlot.pxRatio;
  const zero = Math.round(chart.valToPos(0, "y", true));
  const solid = new Path2D();
  const wash = new Path2D();
  const hatched = new Path2D();
  const stroke = new Path2D();
  for (const { left, right, y, bucket, index } of places(chart, buckets, values)) {
    const apart = right - left > WIDE_BAR * ratio ? 4 * ratio : 2 * ratio;
    const [from, width] = [left + apart / 2, Math.max(right - left - apart, ratio)];
    // What used nothing is a line at zero, so that it is not taken for a gap.
    const top = Math.abs(zero - y) < ratio ? zero - 2 * ratio : y;
    const isOver = bucket.end <= style.asOf;
    if (isOver && style.isAveraged(index)) hatched.rect(from, top, width, zero - top);
    else if (isOver) solid.rect(from, top, width, zero - top);
    else {
      wash.rect(from, top, width, zero - top);
      stroke.rect(from + ratio, top + ratio, width - 2 * ratio, zero - top - ratio);
    }
  }
  const fill = new Map<string | CanvasPattern, Path2D>([
    [style.colour, solid],
    [hatching(chart.ctx, style.colour), hatched],
    [style.colour + WASH, wash],
  ]);
  return { stroke, fill, flags: 0 };
}
