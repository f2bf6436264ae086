/** What is looked at: series, range, scale and measure, and the ranges that were looked at before. */

import { MAINS, type Scale } from "../../api/wire.ts";
import { circuitKey, type Home, type HomeDevice } from "../../home/model.ts";
import { choicesFor, locationOf } from "../choices.ts";
import { type Preset, presetSpan } from "../presets.ts";
import { automaticScale, finerScale, scalesFor } from "../scales.ts";
import type { Span } from "../span.ts";
import { MARKS } from "./marks.ts";
import type { Measure } from "./measure.ts";

export interface Selection extends Sight {
  /** The device whose series are offered, and whose calendar is followed. */
  readonly gid: number;
  /** Whether the series of all devices are offered. */
  readonly isWhole: boolean;
  readonly chosen: readonly Chosen[];
  readonly measure: Measure;
  readonly compares: boolean;
  /** The last one is what "back" leads to. */
  readonly past: readonly Sight[];
  /** When the range was chosen or renewed: what "today" and "last hour" are. */
  readonly now: number;
}

/** A range and a scale that somebody looked at. */
export interface Sight {
  readonly preset: Preset | null;
  readonly span: Span;
  /** Null leaves it to the range. */
  readonly scale: Scale | null;
}

export interface Chosen {
  readonly key: string;
  /** Which mark it has, for as long as it is chosen. */
  readonly slot: number;
}

export const MOST_SERIES = MARKS.length;
const LONGEST_PAST = 50;
const LATE_MILLISECONDS = 5 * 60_000;

export function firstSelection(device: HomeDevice, now: number): Selection {
  return {
    gid: device.gid,
    isWhole: false,
    chosen: [mainsOf(device)],
    preset: "today",
    span: presetSpan("today", now, locationOf(device)),
    scale: null,
    measure: "kwh",
    compares: false,
    past: [],
    now,
  };
}

/** What was looked at, as of now and with what the home still has; null where nothing is left. */
export function resumed(selection: Selection, home: Home, now: number): Selection | null {
  const device = home.byGid.get(selection.gid);
  if (!device) return null;
  const keys = choicesFor(home, selection);
  const chosen = selection.chosen.filter(({ key }) => keys.has(key));
  return renewed({ ...selection, chosen }, device, now);
}

/** The same, with a range by name as of now. */
export function renewed(selection: Selection, device: HomeDevice, now: number): Selection {
  const { preset, span } = selection;
  const location = locationOf(device);
  return { ...selection, span: preset === null ? span : presetSpan(preset, now, location), now };
}

/**
 * The same while it is what its name says, else as of now. The last hour may be some minutes old:
 * each time that it moves costs requests.
 */
export function keptUp(selection: Selection, device: HomeDevice, now: number): Selection {
  const next = renewed(selection, device, now);
  const moved = Math.abs(next.span.start - selection.span.start);
  return moved < LATE_MILLISECONDS ? selection : next;
}

export function withDevice(selection: Selection, device: HomeDevice, now: number): Selection {
  const next = { ...selection, gid: device.gid, isWhole: false, chosen: [mainsOf(device)] };
  return renewed(next, device, now);
}

/** Offer the series of all devices; what is chosen stays. */
export function withAll(selection: Selection, home: Home): Selection {
  return { ...selection, gid: home.roots[0]?.gid ?? selection.gid, isWhole: true };
}

/** Look at one circuit, by its key, and at nothing else; null where the home has it not. */
export function ledTo(key: string, selection: Selection, home: Home): Selection | null {
  const device = home.byGid.get(Number(key.split("/")[0]));
  const offer = { gid: device?.gid ?? 0, isWhole: false };
  if (!device || !choicesFor(home, offer).has(key)) return null;
  return renewed({ ...selection, ...offer, chosen: [{ key, slot: 0 }] }, device, selection.now);
}

export function isFull({ chosen }: Selection): boolean {
  return chosen.length >= MOST_SERIES;
}

/** Take a series in or out; the others keep their marks. */
export function toggled(selection: Selection, key: string): Selection {
  const others = selection.chosen.filter((one) => one.key !== key);
  if (others.length < selection.chosen.length) return { ...selection, chosen: others };
  if (isFull(selection)) return selection;
  const taken = new Set(others.map(({ slot }) => slot));
  const slot = MARKS.findIndex((_, index) => !taken.has(index));
  return { ...selection, chosen: [...others, { key, slot }] };
}

/** With the marks that were asked for, as far as they are free; each series once. */
export function withSlots(
  asked: readonly { readonly key: string; readonly slot: number | null }[],
): readonly Chosen[] {
  const byKey = new Map(asked.map((one) => [one.key, one]));
  const taken = new Set<number>();
  return [...byKey.values()].map(({ key, slot }, index) => {
    const isFree = (one: number) => !taken.has(one);
    const wanted = [slot ?? index, ...MARKS.keys()].find(isFree) ?? 0;
    taken.add(wanted);
    return { key, slot: wanted };
  });
}

/** Look at another range; the one that was left can be come back to. */
export function lookedAt(selection: Selection, sight: Sight, now: number): Selection {
  const { preset, span, scale } = selection;
  const past = [...selection.past, { preset, span, scale }].slice(-LONGEST_PAST);
  return { ...selection, ...sight, past, now };
}

/** Look at a part of the range, in a finer scale where there is one. */
export function lookedCloser(selection: Selection, span: Span, now: number): Selection {
  const finer = finerScale(span, now, scaleOf(selection));
  const scale = finer === automaticScale(span, now) ? null : finer;
  return lookedAt(selection, { preset: null, span, scale }, now);
}

export function wentBack(selection: Selection, device: HomeDevice, now: number): Selection {
  const last = selection.past.at(-1);
  if (last === undefined) return selection;
  return renewed({ ...selection, ...last, past: selection.past.slice(0, -1) }, device, now);
}

/** The scale that the series are shown in: the chosen one, where it makes sense for the range. */
export function scaleOf({ scale, span, now }: Selection): Scale {
  const isFitting = scale !== null && scalesFor(span, now).includes(scale);
  return isFitting ? scale : automaticScale(span, now);
}

export function mainsOf({ gid }: HomeDevice): Chosen {
  return { key: circuitKey(gid, MAINS), slot: 0 };
}
