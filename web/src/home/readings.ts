/** What a frame says: the figures of the homes, and a row for each circuit and device. */

import {
  BALANCE,
  type ChannelUsage,
  type DeviceListUsages,
  type DeviceUsage,
  type Live,
  MAINS,
} from "../api/wire.ts";
import { ENGLISH } from "../english.ts";
import { hasCircuits, mainsOf, sumOfKnown, walkChannels } from "./channels.ts";
import { circuitKey, type Home, type HomeDevice } from "./model.ts";
import { type HomePower, powerOf, usedWattsOf } from "./power.ts";

/** Circuit 9 comes before circuit 10. */
const ORDER = new Intl.Collator(ENGLISH, { numeric: true });
const BALANCE_DETAIL = "what no circuit measures";
/** Clamps disagree, or those of the mains are missing. */
const BELOW_ZERO_DETAIL = "circuits measure more than the mains";
const NOT_SET_UP = "not set up";
const REST_DETAIL = "without what hangs on it";
const PANEL_DETAIL = "panel";

export interface Row {
  readonly key: string;
  /** The device that it is, or is a circuit of. */
  readonly gid: number;
  /** In Emporia's terms. */
  readonly channel: string;
  readonly name: string;
  /** The panel that it is a circuit of, in a home of several; else null. */
  readonly panel: string | null;
  /** What else there is to know beside the name. */
  readonly detail: string;
  /** Negative is given; null is unknown, which is not zero. */
  readonly watts: number | null;
  /** With the devices that hang on it, which its own watts are without. */
  readonly togetherWatts: number | null;
  /** The part that it draws of what the home uses, 1 is all; null where that says nothing. */
  readonly share: number | null;
  /** Why there are no figures: Emporia's words, such as `since Apr 2, 2026, 5:06 PM`. */
  readonly offline: string | null;
  /** Legs of a merged circuit, and devices that hang on it. */
  readonly children: readonly Row[];
}

/** A device that is its circuits, and has no row of its own. */
export interface Panel {
  readonly gid: number;
  readonly name: string;
  readonly watts: number | null;
  /** As that of a row. */
  readonly share: number | null;
  readonly rows: readonly Row[];
}

export interface Reading {
  /** The sample's own, in milliseconds since 1970. */
  readonly instant: number;
  /** As the gateway tells them. */
  readonly homes: readonly HomePower[];
  /** Sorted by what each uses with what hangs on it, the unknown last. */
  readonly rows: readonly Row[];
  /** With the same rows; in the order of their names, so that none moves while it is read. */
  readonly panels: readonly Panel[];
  /** Whether there are devices in it that the home does not know. */
  readonly hasStrangers: boolean;
}

interface Sample {
  readonly usages: DeviceListUsages;
  readonly live: Live;
}

export function read({ usages, live }: Sample, home: Home): Reading {
  const devices = usages.devices;
  const homes = (live.home ?? []).map(powerOf);
  const shown = devices.filter(hasCircuits);
  const gids = new Set(shown.map(({ deviceGid }) => deviceGid));
  const batteries = new Set(homes.flatMap(({ batteryKeys }) => batteryKeys));
  const silent = new Set(homes.flatMap(({ silentGids }) => silentGids));
  const contextOf = ({ deviceGid }: DeviceUsage): Context => {
    return { home, usedWatts: usedWattsOf(deviceGid, homes), panels: gids, silent, batteries };
  };
  const panels = shown.map((device) => panelOf(device, contextOf(device)));
  const others = devices.filter((device) => !hasCircuits(device));
  const rows = [
    ...panels.flatMap((panel) => panel.rows),
    ...others.flatMap((device) => deviceRows(device, contextOf(device))),
  ];
  return {
    instant: Date.parse(usages.instant),
    homes,
    rows: rows.sort(byWatts),
    panels: panels.sort(byName),
    hasStrangers: hasStrangers(devices, home),
  };
}

function hasStrangers(devices: readonly DeviceUsage[], home: Home): boolean {
  const isStrange = ({ deviceGid }: { readonly deviceGid: number }) => !home.byGid.has(deviceGid);
  return devices.some(isStrange) || [...walkChannels(devices)].some(isStrange);
}

/** Every row and what is below it, from top to bottom. */
export function* walkRows(rows: readonly Row[]): Generator<Row> {
  for (const row of rows) {
    yield row;
    yield* walkRows(row.children);
  }
}

interface Context {
  readonly home: Home;
  /** What is used in the home that they are of. */
  readonly usedWatts: number | null;
  /** The gids of those that are their circuits, and have no row of their own. */
  readonly panels: ReadonlySet<number>;
  /** The gids of those whose mains are unknown, whatever they say. */
  readonly silent: ReadonlySet<number>;
  /** The keys of circuits that charge: what they draw is stored and not used. */
  readonly batteries: ReadonlySet<string>;
}

/** The mains as one row; its circuits, and what hangs on it, are below. */
function deviceRows(device: DeviceUsage, context: Context): Row[] {
  const known = context.home.byGid.get(device.deviceGid);
  const mains = mainsOf(device);
  const circuits = circuitRows(device, known, context);
  const nested = nestedRows(mains, context);
  if (mains === undefined) return [...circuits, ...nested];
  const name = known?.name ?? `Device ${device.deviceGid}`;
  const detail = circuits.length > 0 ? PANEL_DETAIL : "";
  return [row(mains, { known, name, detail, parts: circuits, nested }, context)];
}

function panelOf(device: DeviceUsage, context: Context): Panel {
  const gid = device.deviceGid;
  const known = context.home.byGid.get(gid);
  const mains = mainsOf(device);
  const rows = [...circuitRows(device, known, context), ...nestedRows(mains, context)];
  const name = known?.name ?? `Device ${gid}`;
  const watts = context.silent.has(gid) ? null : (mains?.watts ?? null);
  const share = shareOf(watts, context.usedWatts);
  return { gid, name, watts, share, rows: rows.sort(byWatts) };
}

function nestedRows(channel: ChannelUsage | undefined, context: Context): Row[] {
  return (channel?.nestedDevices ?? []).flatMap((inner) => deviceRows(inner, context));
}

function circuitRows(device: DeviceUsage, known: HomeDevice | undefined, context: Context): Row[] {
  const circuits = new Map(known?.circuits.map((circuit) => [circuit.channel, circuit]));
  const shown = device.channelUsages.filter(({ channelNum }) => channelNum !== MAINS);
  const numbers = new Set(shown.map(({ channelNum }) => channelNum));
  const mergedOf = (number: string) => {
    const merged = circuits.get(number)?.legOf;
    return merged != null && numbers.has(merged) ? merged : null;
  };
  const rowOf = (channel: ChannelUsage): Row => {
    const { channelNum } = channel;
    const circuit = circuits.get(channelNum);
    const nested = nestedRows(channel, context);
    const details = [
      channelNum === BALANCE ? balanceDetail(channel.watts ?? null) : null,
      circuit?.isConfigured === false && !channel.name ? NOT_SET_UP : null,
      nested.length > 0 ? REST_DETAIL : null,
    ];
    const text = {
      name: nameOf(channel, circuit?.name),
      detail: details.filter(Boolean).join(", "),
    };
    const legs = shown.filter((leg) => mergedOf(leg.channelNum) === channelNum);
    const below = { parts: legs.map(rowOf), nested };
    return row(channel, { known, ...text, ...below }, context);
  };
  return shown.filter(({ channelNum }) => mergedOf(channelNum) === null).map(rowOf);
}

function balanceDetail(watts: number | null): string {
  return watts !== null && Math.round(watts) < 0 ? BELOW_ZERO_DETAIL : BALANCE_DETAIL;
}

function nameOf(channel: ChannelUsage, name: string | undefined): string {
  return name ?? (channel.name || `Circuit ${channel.channelNum}`);
}

interface RowParts {
  readonly known: HomeDevice | undefined;
  readonly name: string;
  readonly detail: string;
  /** Legs, or the circuits of a device: its watts hold theirs. */
  readonly parts: readonly Row[];
  /** What hangs on it: its watts are without theirs. */
  readonly nested: readonly Row[];
}

function row(
  channel: ChannelUsage,
  { known, name, detail, parts, nested }: RowParts,
  { usedWatts, panels, batteries }: Context,
): Row {
  const watts = channel.watts ?? null;
  const key = circuitKey(channel.deviceGid, channel.channelNum);
  const isDevice = channel.channelNum === MAINS;
  const isOfPanel = !isDevice && panels.has(channel.deviceGid);
  // Of what is nested the device's own row says it; a device that is back has figures again.
  const panel = !isDevice && panels.size > 1 ? (known?.name ?? null) : null;
  const isOffline = watts === null && known?.online === false && (isDevice || isOfPanel);
  return {
    key,
    gid: channel.deviceGid,
    channel: channel.channelNum,
    name,
    panel,
    detail,
    watts,
    togetherWatts: sumOfKnown([watts, ...nested.map(({ togetherWatts }) => togetherWatts)]),
    share: batteries.has(key) ? null : shareOf(watts, usedWatts),
    offline: isOffline ? (known.offlineSince ?? "") : null,
    children: [...parts, ...nested].sort(byWatts),
  };
}

function shareOf(watts: number | null, usedWatts: number | null): number | null {
  const isUsing = watts !== null && watts >= 0;
  return isUsing && usedWatts !== null && usedWatts > 0 ? watts / usedWatts : null;
}

/** The highest first, the unknown last. */
function byWatts(one: Row, other: Row): number {
  const difference =
    (other.togetherWatts ?? Number.NEGATIVE_INFINITY) -
    (one.togetherWatts ?? Number.NEGATIVE_INFINITY);
  return difference || byName(one, other);
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return ORDER.compare(one.name, other.name);
}
