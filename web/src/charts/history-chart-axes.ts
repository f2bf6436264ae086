/** The axes of a history: local time below, at round times of the home's clock; values beside. */

import type uPlot from "uplot";
import { type Ticks, type TickUnit, timeTicks } from "../time/ticks.ts";
import { wallTime } from "../time/zone.ts";
import { colour } from "./theme.ts";

const LABEL_WIDTH = 76;
const VALUE_SPACE = 44;
const CHARACTER_WIDTH = 7.2;

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
        const most = (chart.bbox.width * chart.width) / chart.ctx.canvas.width / LABEL_WIDTH;
        ticks = timeTicks({ start, end }, timeZone, most);
        return [...ticks.instants];
      },
      values: () => tickLabels(ticks, timeZone),
    },
    {
      ...shared,
      space: VALUE_SPACE,
      ticks: { show: false },
      size: (_, labels) => {
        const longest = Math.max(3, ...(labels ?? []).map((label) => label.length));
        return longest * CHARACTER_WIDTH + 12;
      },
      values: (_, values, __, ___, apart) => values.map((value) => axisText(value, apart)),
    },
  ];
}

/** Each with what it needs to be understood beside the ones before it, on a second line. */
function tickLabels({ unit, instants }: Ticks, timeZone: string): string[] {
  const { first, second, isAnnounced } = LABELS[unit];
  const above = new Intl.DateTimeFormat(undefined, { ...first, timeZone });
  const below = second && new Intl.DateTimeFormat(undefined, { ...second, timeZone });
  return instants.map((instant, index) => {
    const isFirst = index === 0;
    const label = above.format(instant);
    const isTold = isFirst || isAnnounced(instant, timeZone);
    return below && isTold ? `${label}\n${below.format(instant)}` : label;
  });
}

interface Labels {
  readonly first: Intl.DateTimeFormatOptions;
  readonly second: Intl.DateTimeFormatOptions | null;
  /** Whether the second line is told again. */
  readonly isAnnounced: (instant: number, timeZone: string) => boolean;
}

const CLOCK: Intl.DateTimeFormatOptions = { hour: "numeric", minute: "2-digit" };
const DATE: Intl.DateTimeFormatOptions = { weekday: "short", month: "short", day: "numeric" };
const BY_DAY = { second: DATE, isAnnounced: isFirstOfDay };

const LABELS: Readonly<Record<TickUnit, Labels>> = {
  second: { first: { ...CLOCK, second: "2-digit" }, ...BY_DAY },
  minute: { first: CLOCK, ...BY_DAY },
  hour: { first: CLOCK, ...BY_DAY },
  day: {
    first: { month: "short", day: "numeric" },
    second: { weekday: "short" },
    isAnnounced: () => true,
  },
  month: {
    first: { month: "short" },
    second: { year: "numeric" },
    isAnnounced: (instant, timeZone) => wallTime(instant, timeZone).month === 1,
  },
  year: { first: { year: "numeric" }, second: null, isAnnounced: () => false },
};

/** Midnight, or where the clock skips it the hour that the day begins with. */
function isFirstOfDay(instant: number, timeZone: string): boolean {
  return wallTime(instant, timeZone).day !== wallTime(instant - 1, timeZone).day;
}
