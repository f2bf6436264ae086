/** How a chart shows what is averaged, known in part, or not there at all. */

import uPlot from "uplot";
import type { Stretch } from "../history/span.ts";
import { colour } from "./theme.ts";

/** So far above the plot is the strip, in CSS pixels: over no line. */
const ABOVE = 6;
/** Long and short dashes there, and what is between them. */
const DASHES = { averaged: [2, 3], partial: [9, 4] } as const;
const NAME = "no data";

export interface Doubtful {
  readonly averaged: readonly Stretch[];
  readonly partial: readonly Stretch[];
}

/** Along the top: dots are averaged, dashes known in part. */
export function drawDoubts(chart: uPlot, doubtful: Doubtful): void {
  const { ctx, bbox } = chart;
  const ratio = uPlot.pxRatio;
  const y = bbox.top - ABOVE * ratio;
  ctx.save();
  for (const kind of ["averaged", "partial"] as const) {
    for (const stretch of doubtful[kind]) {
      const [left, right] = edges(chart, stretch);
      if (right <= left) continue;
      ctx.strokeStyle = colour("--ink");
      ctx.lineWidth = 3 * ratio;
      ctx.setLineDash(DASHES[kind].map((length) => length * ratio));
      // From a common origin, so that neighbours meet.
      ctx.lineDashOffset = left;
      ctx.beginPath();
      ctx.moveTo(left, y);
      ctx.lineTo(right, y);
      ctx.stroke();
    }
  }
  ctx.restore();
}

/** In each gap that is wide enough. */
export function nameGaps(chart: uPlot, gaps: readonly Stretch[]): void {
  const { ctx, bbox } = chart;
  const ratio = uPlot.pxRatio;
  ctx.save();
  ctx.font = `${11 * ratio}px ${colour("--font")}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  const needed = ctx.measureText(NAME).width + 8 * ratio;
  for (const gap of gaps) {
    const [left, right] = edges(chart, gap);
    if (right - left < needed) continue;
    const [x, y] = [(left + right) / 2, bbox.top + bbox.height / 2];
    ctx.fillStyle = colour("--surface");
    ctx.fillRect(x - needed / 2, y - 9 * ratio, needed, 18 * ratio);
    ctx.fillStyle = colour("--muted");
    ctx.fillText(NAME, x, y);
  }
  ctx.restore();
}

/** What is averaged is hatched in the colour of its series. */
export function hatching(
  context: CanvasRenderingContext2D,
  stroke: string,
): CanvasPattern | string {
  const size = 6 * uPlot.pxRatio;
  const tile = document.createElement("canvas");
  tile.width = size;
  tile.height = size;
  const drawing = tile.getContext("2d");
  if (drawing === null) return stroke;
  drawing.strokeStyle = stroke;
  drawing.lineWidth = 1.5 * uPlot.pxRatio;
  drawing.beginPath();
  for (const shift of [-size, 0, size]) {
    drawing.moveTo(shift, 0);
    drawing.lineTo(shift + size, size);
  }
  drawing.stroke();
  return context.createPattern(tile, "repeat") ?? stroke;
}

function edges(chart: uPlot, { start, end }: Stretch): readonly [number, number] {
  const { left, width } = chart.bbox;
  return [
    Math.max(chart.valToPos(start, "x", true), left),
    Math.min(chart.valToPos(end, "x", true), left + width),
  ];
}
