/** The axes of a history: local time below, at round times of the home's clock; values beside. */

import uPlot from "uplot";
import { ENGLISH } from "../english.ts";
import { type Ticks, type TickUnit, timeTicks } from "../time/ticks.ts";
import { wallTime } from "../time/zone.ts";
import { colour } from "./theme.ts";

const VALUE_SPACE = 44;
const CHARACTER_WIDTH = 7.2;
/** uPlot's enumerations are types alone. */
const LEFT = 1;

export function historyAxes(
  timeZone: string,
  axisText: (value: number, apart: number) => string,
): uPlot.Axis[] {
  const shared = {
    stroke: colour("--muted"),
    font: `12px ${colour("--font")}`,
    grid: { stroke: colour("--hairline"), width: 1 },
  };
  let ticks: Ticks = { unit: "hour", instants: [] };
  return [
    {
      ...shared,
      size: 46,
      gap: 4,
      ticks: { stroke: colour("--line"), width: 1, size: 5 },
      splits: (chart, _, start, end) => {
        const width = chart.bbox.width / uPlot.pxRatio;
        ticks = timeTicks({ start, end }, timeZone, (unit) => width / LABELS[unit].width);
        return [...ticks.instants];
      },
      align: LEFT,
      values: (chart) => {
        const labels = tickLabels(ticks, timeZone);
        const right = chart.width - chart.bbox.left / uPlot.pxRatio;
        // A label begins at its mark; one that would be cut off is left out.
        return labels.map((label, index) => {
          const left = chart.valToPos(ticks.instants[index] ?? 0, "x");
          return left + widthOf(label) > right ? "" : label;
        });
      },
    },
    {
      ...shared,
      space: VALUE_SPACE,
      ticks: { show: false },
      size: (_, labels) => {
        return Math.max(3 * CHARACTER_WIDTH, ...(labels ?? []).map(widthOf)) + 12;
      },
      values: (_, values, __, ___, apart) => values.map((value) => axisText(value, apart)),
    },
  ];
}

/** About so wide, in CSS pixels. */
function widthOf(label: string): number {
  return Math.max(...label.split("\n").map((line) => line.length)) * CHARACTER_WIDTH;
}

/** Each with what it needs to be understood beside the ones before it, on a second line. */
function tickLabels({ unit, instants }: Ticks, timeZone: string): string[] {
  const { first, second, isAnnounced } = LABELS[unit];
  const above = new Intl.DateTimeFormat(ENGLISH, { ...first, timeZone });
  const below = second && new Intl.DateTimeFormat(ENGLISH, { ...second, timeZone });
  return instants.map((instant, index) => {
    const isFirst = index === 0;
    const label = above.format(instant);
    const isTold = isFirst || isAnnounced(instant, timeZone);
    return below && isTold ? `${label}\n${below.format(instant)}` : label;
  });
}

interface Labels {
  /** What one of them takes, in CSS pixels. */
  readonly width: number;
  readonly first: Intl.DateTimeFormatOptions;
  readonly second: Intl.DateTimeFormatOptions | null;
  /** Whether the second line is told again. */
  readonly isAnnounced: (instant: number, timeZone: string) => boolean;
}

const CLOCK: Intl.DateTimeFormatOptions = { hour: "numeric", minute: "2-digit" };
const DATE: Intl.DateTimeFormatOptions = { weekday: "short", month: "short", day: "numeric" };
const BY_DAY = { second: DATE, isAnnounced: isFirstOfDay };

const LABELS: Readonly<Record<TickUnit, Labels>> = {
  second: { width: 92, first: { ...CLOCK, second: "2-digit" }, ...BY_DAY },
  minute: { width: 72, first: CLOCK, ...BY_DAY },
  hour: { width: 72, first: CLOCK, ...BY_DAY },
  day: {
    width: 52,
    first: { month: "short", day: "numeric" },
    second: { weekday: "short" },
    isAnnounced: () => true,
  },
  month: {
    width: 44,
    first: { month: "short" },
    second: { year: "numeric" },
    isAnnounced: (instant, timeZone) => wallTime(instant, timeZone).month === 1,
  },
  year: { width: 48, first: { year: "numeric" }, second: null, isAnnounced: () => false },
};

/** Midnight, or where the clock skips it the hour that the day begins with. */
function isFirstOfDay(instant: number, timeZone: string): boolean {
  return wallTime(instant, timeZone).day !== wallTime(instant - 1, timeZone).day;
}
