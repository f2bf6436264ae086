/** The chart of a history: draws a picture of it, and tells what a pointer reads and selects. */

import uPlot from "uplot";
import type { Selected } from "../history/scene/crosshair.ts";
import type { Mark } from "../history/scene/marks.ts";
import { BEFORE_DASH } from "../history/scene/marks.ts";
import type { Bucket } from "../history/series.ts";
import type { Stretch } from "../history/span.ts";
import { lastIndexOf } from "../last-index.ts";
import { historyAxes } from "./history-chart-axes.ts";
import { type Doubtful, drawDoubts, nameGaps } from "./history-chart-doubts.ts";
import { type PointerTakers, takePointer } from "./history-chart-pointer.ts";
import { type Badge, drawBadges, drawGaps, drawPresent, drawZero } from "./history-chart-signs.ts";
import { stepsPath } from "./history-chart-steps.ts";
import { onThemeChange } from "./theme.ts";

export interface Picture {
  readonly stretch: Stretch;
  readonly timeZone: string;
  readonly buckets: readonly Bucket[];
  readonly lines: readonly PictureLine[];
  /** Whether there is but one series, which can be filled and needs no letter. */
  readonly isAlone: boolean;
  /** Where nothing is known of any line, though it should be. */
  readonly gaps: readonly Stretch[];
  /** Where any line is averaged, or known in part. */
  readonly doubtful: Doubtful;
  /** Until when anything can be known. */
  readonly asOf: number;
  /** How the axis writes a value, given how far apart its marks are. */
  readonly axisText: (value: number, apart: number) => string;
}

export interface PictureLine {
  readonly mark: Mark;
  readonly letter: string;
  readonly values: readonly (number | null)[];
  /** Of the period before, beside the same series. */
  readonly isBefore: boolean;
  readonly isAveraged: (index: number) => boolean;
}

export interface HistoryChart {
  draw(picture: Picture): void;
  /** Show which bucket is read and which ones are selected. */
  point(at: number | null, selected: Selected | null): void;
  /** What is on the screen, for an image file. */
  canvas(): HTMLCanvasElement | null;
  destroy(): void;
}

const HEADROOM = 1.06;
const GUTTER = 24;

export function createHistoryChart(element: HTMLElement, takers: PointerTakers): HistoryChart {
  let chart: uPlot | null = null;
  let picture: Picture | null = null;
  let pointed: { at: number | null; selected: Selected | null } = { at: null, selected: null };
  const reading = overlay("history-reading");
  const selecting = overlay("history-selecting");

  function rebuild(): void {
    chart?.destroy();
    chart = null;
    const { width, height } = element.getBoundingClientRect();
    if (picture === null || width === 0 || height === 0) return;
    const drawing = options(picture, { width, height });
    // Where a bucket is on the screen is known once it was drawn.
    drawing.hooks?.draw?.push(showPointed);
    chart = new uPlot(drawing, data(picture), element);
    chart.root.setAttribute("aria-hidden", "true");
    chart.over.append(selecting, reading);
  }

  function showPointed(): void {
    const { at, selected } = pointed;
    lay(reading, at === null ? null : { from: at, to: at });
    lay(selecting, selected);
  }

  function lay(box: HTMLElement, range: Selected | null): void {
    const first = range && picture?.buckets[range.from];
    const last = range && picture?.buckets[range.to];
    box.hidden = !(chart && first && last);
    if (!(chart && first && last)) return;
    const width = chart.bbox.width / uPlot.pxRatio;
    const left = Math.max(0, chart.valToPos(first.start, "x"));
    const right = Math.min(width, chart.valToPos(last.end, "x"));
    box.style.transform = `translateX(${left}px)`;
    box.style.width = `${Math.max(right - left, 2)}px`;
  }

  function indexAt(clientX: number): number | null {
    if (chart === null || picture === null || picture.buckets.length === 0) return null;
    const left = clientX - chart.over.getBoundingClientRect().left;
    const instant = chart.posToVal(left, "x");
    const after = picture.buckets.findIndex(({ end }) => end > instant);
    return after === -1 ? picture.buckets.length - 1 : after;
  }

  const resizing = new ResizeObserver(rebuild);
  resizing.observe(element);
  const endThemes = onThemeChange(rebuild);
  const endPointer = takePointer(element, indexAt, takers);

  return {
    draw(next) {
      picture = next;
      rebuild();
    },
    point(at, selected) {
      pointed = { at, selected };
      showPointed();
    },
    canvas: () => chart?.ctx.canvas ?? null,
    destroy() {
      endPointer();
      endThemes();
      resizing.disconnect();
      chart?.destroy();
    },
  };
}

function overlay(className: string): HTMLElement {
  const box = document.createElement("div");
  box.className = className;
  box.hidden = true;
  return box;
}

function data({ buckets, lines }: Picture): uPlot.AlignedData {
  return [buckets.map(({ start }) => start), ...lines.map(({ values }) => [...values])];
}

function options(picture: Picture, size: { width: number; height: number }): uPlot.Options {
  const { stretch, timeZone, axisText, lines, gaps, doubtful, asOf } = picture;
  const badges = badgesOf(picture);
  return {
    ...size,
    padding: [12, badges.length > 0 ? GUTTER : 8, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: () => [stretch.start, stretch.end] },
      y: { range: (_, low, high) => span(low, high) },
    },
    axes: historyAxes(timeZone, axisText),
    series: [{}, ...lines.map((line) => seriesOf(line, picture))],
    hooks: {
      drawAxes: [(chart) => drawGaps(chart, gaps), drawZero],
      draw: [
        (chart) => drawDoubts(chart, doubtful),
        (chart) => nameGaps(chart, gaps),
        (chart) => drawPresent(chart, asOf),
        (chart) => drawBadges(chart, badges),
      ],
    },
  };
}

function seriesOf(line: PictureLine, { buckets, isAlone, asOf }: Picture): uPlot.Series {
  const { mark, values, isBefore } = line;
  const dash = isBefore ? BEFORE_DASH : isAlone ? [] : mark.dash;
  const style = {
    colour: mark.colour,
    isFilled: isAlone && !isBefore,
    asOf: overUntil(line, asOf),
    isAveraged: line.isAveraged,
  };
  return {
    stroke: mark.colour,
    fill: mark.colour,
    width: isBefore ? 1.5 : 2,
    points: { show: false },
    paths: stepsPath(buckets, values, style),
    ...(dash.length > 0 ? { dash: [...dash] } : {}),
  };
}

/** Of the period before nothing still grows, though it stands beside what does. */
function overUntil({ isBefore }: PictureLine, asOf: number): number {
  return isBefore ? Number.POSITIVE_INFINITY : asOf;
}

/** One line needs no letter; several have one each, where the last thing known of them ends. */
function badgesOf({ lines, buckets, stretch, isAlone, asOf }: Picture): readonly Badge[] {
  if (isAlone && lines.length < 2) return [];
  return lines.flatMap((line) => {
    const { letter, mark, values } = line;
    const isOver = (index: number) => (buckets[index]?.end ?? 0) <= overUntil(line, asOf);
    const last = lastIndexOf(values, (value, index) => value !== null && isOver(index));
    const value = values[last] ?? null;
    const bucket = buckets[last];
    if (value === null || bucket === undefined) return [];
    if (bucket.end <= stretch.start || bucket.end > stretch.end) return [];
    return [{ letter, colour: mark.colour, instant: bucket.end, value }];
  });
}

/** From zero to a little over the highest; below zero only where something was exported. */
function span(low: number | null, high: number | null): [number, number] {
  const bottom = Math.min(0, (low ?? 0) * HEADROOM);
  const top = Math.max(0, (high ?? 0) * HEADROOM);
  return bottom === top ? [0, 1] : [bottom, top];
}
