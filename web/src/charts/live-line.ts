/**
 * The live line: the last minutes, moving by itself.
 *
 * Fifteen minutes on a screen move by about a pixel a second, so it is drawn when it would look
 * different and at no other time: a page that is left open should not keep a computer busy.
 */

import uPlot from "uplot";
import { ENGLISH } from "../english.ts";
import { powerText } from "../format.ts";
import { type Points, WINDOW_SECONDS } from "../live/track.ts";
import { colour, onThemeChange } from "./theme.ts";

const LEAST_SPAN_WATTS = 100;
const HEADROOM = 1.08;
/** What a character of a label takes at 12 px, at the most. */
const LABEL_PIXELS = 7;

export interface LiveLine {
  /** Draw these points, at this moment (seconds since 1970). */
  draw(points: Points, now: number): void;
  /** Show which second is read; null is none. */
  point(second: number | null): void;
  /** The second at this place of the screen, within the line. */
  secondAt(clientX: number): number | null;
  destroy(): void;
}

export function createLiveLine(element: HTMLElement, timeZone: string): LiveLine {
  let chart: uPlot | null = null;
  let points: Points = { seconds: [], watts: [] };
  let now = 0;
  let drawnAtPixel = -1;
  let drawnPoints = "";
  let pointed: number | null = null;
  const mark = document.createElement("div");
  mark.className = "live-mark";
  mark.hidden = true;

  function rebuild(): void {
    chart?.destroy();
    chart = new uPlot(options(element, timeZone), [[], []], element);
    chart.root.setAttribute("aria-hidden", "true");
    chart.over.append(mark);
    drawnAtPixel = -1;
    paint();
  }

  function showPointed(): void {
    const left = chart && pointed !== null ? chart.valToPos(pointed, "x") : -1;
    mark.hidden = left < 0;
    if (left >= 0) mark.style.transform = `translateX(${left}px)`;
  }

  function paint(): void {
    if (chart === null || now === 0) return;
    const pixel = Math.floor((now * chart.bbox.width) / WINDOW_SECONDS);
    // The past comes in front of what is there already, and later.
    const extent = `${points.seconds[0]} ${points.seconds.at(-1)}`;
    if (pixel === drawnAtPixel && extent === drawnPoints) return;
    drawnAtPixel = pixel;
    drawnPoints = extent;
    const drawn = chart;
    drawn.batch(() => {
      drawn.setData([[...points.seconds], [...points.watts]], false);
      drawn.setScale("x", { min: now - WINDOW_SECONDS, max: now });
    });
    showPointed();
  }

  const resizing = new ResizeObserver(() => {
    const { width, height } = element.getBoundingClientRect();
    if (width === 0) return;
    chart?.setSize({ width, height });
    drawnAtPixel = -1;
    paint();
  });
  rebuild();
  resizing.observe(element);
  const endThemes = onThemeChange(rebuild);

  return {
    draw(nextPoints, nextNow) {
      points = nextPoints;
      now = nextNow;
      paint();
    },
    point(second) {
      pointed = second;
      showPointed();
    },
    secondAt(clientX) {
      if (chart === null || now === 0) return null;
      const { left, width } = chart.over.getBoundingClientRect();
      const part = (clientX - left) / width;
      const isOutside = !(part >= 0 && part <= 1);
      return isOutside ? null : Math.floor(now - WINDOW_SECONDS * (1 - part));
    },
    destroy() {
      endThemes();
      resizing.disconnect();
      chart?.destroy();
    },
  };
}

function options(element: HTMLElement, timeZone: string): uPlot.Options {
  const { width, height } = element.getBoundingClientRect();
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  const axis = {
    stroke: colour("--muted"),
    grid: { stroke: colour("--hairline"), width: 1 },
    ticks: { show: false },
    font: `12px ${colour("--font")}`,
  };
  const clock = new Intl.DateTimeFormat(ENGLISH, {
    timeZone,
    hour: "numeric",
    minute: "2-digit",
  });
  return {
    width: Math.max(width, 1),
    height: Math.max(height, 1),
    padding: [8, 28, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: true, auto: false }, y: { range: (_, low, high) => span(low, high) } },
    series: [
      {},
      {
        stroke: colour("--accent"),
        fill: colour("--accent-wash"),
        fillTo: 0,
        width: 2,
        points: { show: false },
        ...(stepped ? { paths: stepped } : {}),
      },
    ],
    axes: [
      {
        ...axis,
        space: 76,
        size: 28,
        incrs: [60, 120, 300, 600],
        values: (_, ticks) => ticks.map((tick) => clock.format(tick * 1_000)),
      },
      {
        ...axis,
        size: widthOf,
        space: 44,
        values: (_, ticks) => ticks.map(powerText),
      },
    ],
  };
}

/** As wide as the longest label takes, in pixels. */
function widthOf(_: uPlot, labels: readonly string[] | null): number {
  const longest = Math.max(0, ...(labels ?? []).map(({ length }) => length));
  return Math.max(56, 16 + longest * LABEL_PIXELS);
}

/** From zero to a little over the highest; below zero only where something was exported. */
function span(low: number | null, high: number | null): [number, number] {
  const bottom = Math.min(0, (low ?? 0) * HEADROOM);
  const top = Math.max(0, (high ?? 0) * HEADROOM);
  return [bottom, Math.max(top, bottom + LEAST_SPAN_WATTS)];
}
