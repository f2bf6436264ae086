/** What a selection asks for, and what of it can be shown so far. */

import type { Scale } from "../../api/wire.ts";
import { type Currency, currencyOf } from "../../home/currency.ts";
import type { Home } from "../../home/model.ts";
import type { Location } from "../../time/buckets.ts";
import type { Answer } from "../answers.ts";
import { type Choice, choicesFor, locationOf } from "../choices.ts";
import { partners } from "../figures/comparison.ts";
import { type Change, change, type Statistics, statistics } from "../figures/statistics.ts";
import { summed } from "../figures/sum.ts";
import { keyOf, type Load, type Wanted } from "../loader.ts";
import { readSeries, wholeBuckets } from "../series.ts";
import { type Span, type Stretch, shifted } from "../span.ts";
import {
  type Answered,
  type Column,
  type Frame,
  isMissing,
  measuredColumn,
  sideBySide,
} from "./frame.ts";
import { type Mark, markAt } from "./marks.ts";
import { energyUnit, type Measure } from "./measure.ts";
import { type Selection, scaleOf } from "./selection.ts";

export interface Plan {
  readonly location: Location;
  readonly scale: Scale;
  readonly measure: Measure;
  readonly currency: Currency;
  /** The whole buckets that are shown. */
  readonly span: Span;
  /** Null where nothing is compared. */
  readonly before: Span | null;
  readonly series: readonly PlannedSeries[];
}

export interface PlannedSeries {
  readonly choice: Choice;
  readonly mark: Mark;
  /** What it is the sum of. */
  readonly wanted: readonly Wanted[];
  /** Null where nothing is compared. */
  readonly wantedBefore: readonly Wanted[] | null;
}

export interface Scene {
  readonly plan: Plan;
  readonly frame: Frame;
  readonly lines: readonly SceneLine[];
}

/** A series that is there. */
export interface SceneLine {
  readonly choice: Choice;
  readonly mark: Mark;
  readonly column: Column;
  /** Of each bucket, in what is measured. */
  readonly values: readonly (number | null)[];
  readonly statistics: Statistics;
  /** Null where it is not there, or nothing is compared. */
  readonly before: BeforeLine | null;
}

export interface BeforeLine {
  /** Beside the buckets of now. */
  readonly values: readonly (number | null)[];
  readonly change: Change | null;
}

const NO_COLUMN: Column = { asOf: 0, usages: [], qualities: [], coverage: null };

export type Loads = ReadonlyMap<string, Load>;

export function planOf(selection: Selection, home: Home): Plan {
  const device = home.byGid.get(selection.gid);
  const location = device ? locationOf(device) : { timeZone: home.timeZone, billingDay: 1 };
  const scale = scaleOf(selection);
  const { span, compares, measure } = selection;
  const choices = choicesFor(home, selection);
  const series = selection.chosen.flatMap(({ key, slot }) => {
    const choice = choices.get(key);
    if (choice === undefined) return [];
    const shown = wholeBuckets(span, scale, choice.location);
    const before = compares ? shifted(shown, -1, choice.location) : null;
    const wantedIn = ({ start, end }: Stretch): readonly Wanted[] =>
      choice.parts.map((part) => ({
        ...part,
        stretch: { start, end },
        scale,
        energyUnit: energyUnit(measure),
        location: choice.location,
      }));
    return {
      choice,
      mark: markAt(slot),
      wanted: wantedIn(shown),
      wantedBefore: before && wantedIn(before),
    };
  });
  const shown = wholeBuckets(span, scale, location);
  const before = compares ? shifted(shown, -1, location) : null;
  const currency = currencyOf(location.timeZone);
  return { location, scale, measure, currency, span: shown, before, series };
}

/** The period before comes after all of now. */
export function wantedOf({ series }: Plan): readonly Wanted[] {
  const before = series.flatMap(({ wantedBefore }) => wantedBefore ?? []);
  return [...series.flatMap(({ wanted }) => wanted), ...before];
}

export function sceneOf(plan: Plan, loads: Loads): Scene {
  const known = plan.series.flatMap((one) => {
    const series = answered(one.wanted, loads);
    return series ? [{ ...one, series }] : [];
  });
  const nothing = { firstUsageInstant: null, usageList: [] };
  const { scale, location, span: stretch } = plan;
  const empty = readSeries(nothing, { stretch, scale, location });
  const frame =
    known.length > 0
      ? sideBySide(known.map(({ series }) => series))
      : { buckets: empty.buckets, columns: [] };
  const lines = known.map(({ choice, mark, wantedBefore }, index): SceneLine => {
    const column = frame.columns[index] ?? NO_COLUMN;
    const now = { frame, column };
    return {
      choice,
      mark,
      column,
      values: measuredColumn(frame, column, plan.measure),
      statistics: statistics(frame, column, plan.measure),
      before: wantedBefore && beforeOf(plan, now, answered(wantedBefore, loads)),
    };
  });
  return { plan, frame, lines };
}

/** Where no line knows anything, though one should. */
export function gapsOf({ frame }: Scene): readonly Stretch[] {
  return frame.buckets.filter((bucket, index) => {
    const usages = frame.columns.map(({ asOf, usages }) => ({
      asOf,
      usage: usages[index] ?? null,
    }));
    const isUnknown = usages.every(({ usage }) => usage === null);
    return isUnknown && usages.some(({ asOf, usage }) => isMissing(bucket, usage, asOf));
  });
}

export interface LoadState {
  readonly waiting: number;
  readonly all: number;
  readonly failures: readonly Failure[];
  /** From when on another try is worth it for all that failed; null where nothing did. */
  readonly pausedUntil: number | null;
  /** How old what reaches into the present is; null where nothing is there yet. */
  readonly asOf: number | null;
}

/** The sentence, and the series that it is about. */
export interface Failure {
  readonly sentence: string;
  readonly labels: readonly string[];
}

export function loadStateOf({ series }: Plan, loads: Loads): LoadState {
  const wanted = series.flatMap(({ choice, wanted, wantedBefore }) => [
    ...wanted.map((one) => ({ label: choice.label, load: loads.get(keyOf(one)) })),
    ...(wantedBefore ?? []).map((one) => ({
      label: `${choice.label}, period before`,
      load: loads.get(keyOf(one)),
    })),
  ]);
  const bySentence = new Map<string, string[]>();
  for (const { label, load } of wanted) {
    if (load?.kind !== "failed") continue;
    const labels = bySentence.get(load.sentence) ?? [];
    if (!labels.includes(label)) bySentence.set(load.sentence, [...labels, label]);
  }
  const pauses = wanted.flatMap(({ load }) => (load?.kind === "failed" ? [load.pausedUntil] : []));
  const asOf = series.flatMap(({ wanted }) =>
    wanted.map((one) => answerOf(one, loads)?.asOf ?? Number.NaN),
  );
  const newest = Math.max(...asOf.filter((one) => !Number.isNaN(one)));
  return {
    waiting: wanted.filter(({ load }) => load === undefined || load.kind === "loading").length,
    all: wanted.length,
    failures: [...bySentence].map(([sentence, labels]) => ({ sentence, labels })),
    pausedUntil: pauses.length > 0 ? Math.max(...pauses) : null,
    asOf: Number.isFinite(newest) ? newest : null,
  };
}

function answerOf(wanted: Wanted, loads: Loads): Answer | null {
  return loads.get(keyOf(wanted))?.answer ?? null;
}

/** The sum of all parts; null until each is there. */
function answered(wanted: readonly Wanted[], loads: Loads): Answered | null {
  const parts = wanted.flatMap((one) => {
    const answer = answerOf(one, loads);
    return answer ? [{ ...readSeries(answer.usage, one), asOf: answer.asOf }] : [];
  });
  return parts.length === wanted.length ? summed(parts) : null;
}

function beforeOf(
  plan: Plan,
  now: { readonly frame: Frame; readonly column: Column },
  series: Answered | null,
): BeforeLine | null {
  if (series === null || plan.before === null) return null;
  const frame = sideBySide([series]);
  const column = frame.columns[0] ?? NO_COLUMN;
  const pairs = partners(
    { span: plan.span, buckets: now.frame.buckets },
    { span: plan.before, buckets: frame.buckets },
    { scale: plan.scale, timeZone: plan.location.timeZone },
  );
  const values = measuredColumn(frame, column, plan.measure);
  return {
    values: pairs.map((partner) => (partner === null ? null : (values[partner] ?? null))),
    change: change(now, { frame, column }, pairs),
  };
}
