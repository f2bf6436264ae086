/** What is drawn on a history besides its series: gaps, the present, and each line's letter. */

import uPlot from "uplot";
import type { Stretch } from "../history/span.ts";
import { colour } from "./theme.ts";

/** Hatched, so that what is not known is not taken for nothing used. */
export function drawGaps(chart: uPlot, gaps: readonly Stretch[]): void {
  const { ctx, bbox } = chart;
  const apart = 7 * uPlot.pxRatio;
  ctx.save();
  ctx.strokeStyle = colour("--line");
  ctx.lineWidth = uPlot.pxRatio;
  ctx.setLineDash([]);
  for (const { start, end } of gaps) {
    const left = Math.max(chart.valToPos(start, "x", true), bbox.left);
    const right = Math.min(chart.valToPos(end, "x", true), bbox.left + bbox.width);
    if (right <= left) continue;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, bbox.top, right - left, bbox.height);
    ctx.clip();
    ctx.beginPath();
    // From a common origin, so that neighbours meet.
    const first = Math.floor((left - bbox.height) / apart) * apart;
    for (let x = first; x < right; x += apart) {
      ctx.moveTo(x, bbox.top + bbox.height);
      ctx.lineTo(x + bbox.height, bbox.top);
    }
    ctx.stroke();
    ctx.restore();
  }
  ctx.restore();
}

/** Between what was used and what was exported. */
export function drawZero(chart: uPlot): void {
  const { ctx, bbox } = chart;
  const y = Math.round(chart.valToPos(0, "y", true));
  if (y >= bbox.top + bbox.height) return;
  ctx.save();
  ctx.strokeStyle = colour("--muted");
  ctx.lineWidth = uPlot.pxRatio;
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

/** Where what is known ends. */
export function drawPresent(chart: uPlot, instant: number): void {
  const { ctx, bbox } = chart;
  const x = Math.round(chart.valToPos(instant, "x", true));
  if (x <= bbox.left || x >= bbox.left + bbox.width) return;
  const ratio = uPlot.pxRatio;
  ctx.save();
  ctx.strokeStyle = colour("--muted");
  ctx.fillStyle = colour("--muted");
  ctx.lineWidth = ratio;
  ctx.setLineDash([2 * ratio, 2 * ratio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = `${11 * ratio}px ${colour("--font")}`;
  ctx.textBaseline = "top";
  const isLate = x > bbox.left + bbox.width / 2;
  ctx.textAlign = isLate ? "right" : "left";
  ctx.fillText("now", x + (isLate ? -4 : 4) * ratio, bbox.top + 2 * ratio);
  ctx.restore();
}

export interface Badge {
  readonly letter: string;
  readonly colour: string;
  /** Where its line ends. */
  readonly instant: number;
  readonly value: number;
}

const RADIUS = 8;

/** At the end of each line, moved apart where they would cover each other. */
export function drawBadges(chart: uPlot, badges: readonly Badge[]): void {
  const { ctx, bbox } = chart;
  const ratio = uPlot.pxRatio;
  const radius = RADIUS * ratio;
  const edge = chart.ctx.canvas.width - radius - ratio;
  ctx.save();
  ctx.setLineDash([]);
  ctx.lineWidth = 2 * ratio;
  ctx.font = `600 ${11 * ratio}px ${colour("--font")}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  const wanted = badges
    .map((badge) => ({ badge, y: chart.valToPos(badge.value, "y", true) }))
    .sort((one, other) => one.y - other.y);
  const heights = spread(
    wanted.map(({ y }) => y),
    { apart: 2 * radius + 2 * ratio, lowest: bbox.top + bbox.height },
  );
  wanted.forEach(({ badge }, index) => {
    const x = Math.min(chart.valToPos(badge.instant, "x", true) + radius + 3 * ratio, edge);
    const y = heights[index] ?? 0;
    ctx.beginPath();
    ctx.arc(x, y, radius - ratio, 0, 2 * Math.PI);
    ctx.fillStyle = colour("--surface");
    ctx.fill();
    ctx.strokeStyle = badge.colour;
    ctx.stroke();
    ctx.fillStyle = colour("--ink");
    ctx.fillText(badge.letter, x, y + ratio / 2);
  });
  ctx.restore();
}

/** The heights, from top to bottom, moved so that neighbours are so far apart. */
export function spread(
  heights: readonly number[],
  { apart, lowest }: { readonly apart: number; readonly lowest: number },
): readonly number[] {
  let floor = Number.NEGATIVE_INFINITY;
  const down = heights.map((height) => {
    floor = Math.max(height, floor + apart);
    return floor;
  });
  let ceiling = lowest + apart;
  return down
    .reverse()
    .map((height) => {
      ceiling = Math.min(height, ceiling - apart);
      return ceiling;
    })
    .reverse();
}
