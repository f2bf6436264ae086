/** What a frame says about a home: its watts, and a row for each circuit and device. */

import {
  BALANCE,
  type ChannelUsage,
  type DeviceListUsages,
  type DeviceUsage,
  MAINS,
} from "../api/wire.ts";
import { circuitKey, type Home, type HomeDevice } from "./model.ts";

const BALANCE_DETAIL = "what no circuit measures";

export interface Row {
  readonly key: string;
  readonly name: string;
  /** What there is to know beside the name, such as the panel in a home of several. */
  readonly detail: string;
  /** Negative is export; null is unknown, which is not zero. */
  readonly watts: number | null;
  /** The part that it draws of what the home uses, 1 is all; null where that says nothing. */
  readonly share: number | null;
  /** Why there are no figures: Emporia's words, such as `since Apr 2, 2026, 5:06 PM`. */
  readonly offline: string | null;
  /** Legs of a merged circuit, and devices that hang on it. */
  readonly children: readonly Row[];
}

export interface Reading {
  /** The sample's own, in milliseconds since 1970. */
  readonly instant: number;
  /** What the home draws from the grid; negative is export. */
  readonly homeWatts: number | null;
  /** What the sun gives, never negative; null where the home has no solar circuit. */
  readonly solarWatts: number | null;
  /** What the home uses, from the grid and from the sun. */
  readonly usedWatts: number | null;
  /** Sorted by watts, the unknown last. */
  readonly rows: readonly Row[];
  /** Whether there are devices in it that the home does not know. */
  readonly hasStrangers: boolean;
}

export function read(usages: DeviceListUsages, home: Home): Reading {
  const devices = usages.devices;
  const homeWatts = homeUsage(devices, ({ watts }) => watts);
  const panels = new Set(devices.filter(isPanel).map(({ deviceGid }) => deviceGid));
  const solarWatts = solarWattsOf(devices, home);
  const usedWatts = homeWatts === null ? null : homeWatts + (solarWatts ?? 0);
  const context = { home, usedWatts, panels };
  // A panel is its circuits; whatever else is one row, and what hangs on it below.
  const rows = devices.flatMap((device) =>
    isPanel(device) ? rowsBelow(device, context) : deviceRows(device, context),
  );
  return {
    instant: Date.parse(usages.instant),
    homeWatts,
    solarWatts,
    usedWatts,
    rows: rows.sort(byWatts),
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

/** The mains of the panels: a plug that stands alone hangs on one of them all the same. */
export function homeUsage(
  devices: readonly DeviceUsage[],
  amount: (channel: ChannelUsage) => number | null | undefined,
): number | null {
  const panels = devices.filter(isPanel);
  const mains = (panels.length > 0 ? panels : devices).map(mainsOf);
  return sumOfKnown(mains.map((channel) => (channel && amount(channel)) ?? null));
}

function mainsOf({ channelUsages }: DeviceUsage): ChannelUsage | undefined {
  return channelUsages.find(({ channelNum }) => channelNum === MAINS);
}

function isPanel(device: DeviceUsage): boolean {
  return device.channelUsages.length > 1;
}

function sumOfKnown(watts: readonly (number | null)[]): number | null {
  const known = watts.filter((one) => one !== null);
  return known.length > 0 ? known.reduce((sum, one) => sum + one, 0) : null;
}

function solarWattsOf(devices: readonly DeviceUsage[], home: Home): number | null {
  const generated = [...walkChannels(devices)]
    .filter((channel) => isSolar(channel, home))
    .map((channel) => channel.watts ?? null);
  const sum = sumOfKnown(generated);
  return sum === null ? null : Math.max(0, -sum);
}

function* walkChannels(devices: readonly DeviceUsage[]): Generator<ChannelUsage> {
  for (const device of devices) {
    for (const channel of device.channelUsages) {
      yield channel;
      yield* walkChannels(channel.nestedDevices ?? []);
    }
  }
}

function isSolar(channel: ChannelUsage, home: Home): boolean {
  const circuits = home.byGid.get(channel.deviceGid)?.circuits ?? [];
  return circuits.some(
    // A merged circuit has the power of its legs already.
    ({ isSolar, legOf, channel: number }) =>
      isSolar && legOf === null && number === channel.channelNum,
  );
}

interface Context {
  readonly home: Home;
  readonly usedWatts: number | null;
  /** The gids of those that are their circuits, and have no row of their own. */
  readonly panels: ReadonlySet<number>;
}

/** The mains as one row; its circuits, and what hangs on it, are below. */
function deviceRows(device: DeviceUsage, context: Context): Row[] {
  const known = context.home.byGid.get(device.deviceGid);
  const mains = mainsOf(device);
  const below = rowsBelow(device, context);
  return mains ? [row(mains, known, known?.name, context, below)] : below;
}

function rowsBelow(device: DeviceUsage, context: Context): Row[] {
  const known = context.home.byGid.get(device.deviceGid);
  return [...circuitRows(device, known, context), ...nestedRows(mainsOf(device), context)];
}

function nestedRows(channel: ChannelUsage | undefined, context: Context): Row[] {
  return (channel?.nestedDevices ?? []).flatMap((inner) => deviceRows(inner, context));
}

function circuitRows(device: DeviceUsage, known: HomeDevice | undefined, context: Context): Row[] {
  const circuits = new Map(known?.circuits.map((circuit) => [circuit.channel, circuit]));
  const shown = device.channelUsages.filter(({ channelNum, usage, nestedDevices }) => {
    const isConfigured = circuits.get(channelNum)?.isConfigured !== false;
    return channelNum !== MAINS && (isConfigured || usage || nestedDevices?.length);
  });
  const numbers = new Set(shown.map(({ channelNum }) => channelNum));
  const mergedOf = (number: string) => {
    const merged = circuits.get(number)?.legOf;
    return merged != null && numbers.has(merged) ? merged : null;
  };
  const rowOf = (channel: ChannelUsage): Row => {
    const legs = shown.filter(({ channelNum }) => mergedOf(channelNum) === channel.channelNum);
    const name = nameOf(channel, circuits.get(channel.channelNum)?.name);
    const below = [...legs.map(rowOf), ...nestedRows(channel, context)];
    return row(channel, known, name, context, below);
  };
  return shown.filter(({ channelNum }) => mergedOf(channelNum) === null).map(rowOf);
}

function nameOf(channel: ChannelUsage, name: string | undefined): string {
  return name ?? (channel.name || `Circuit ${channel.channelNum}`);
}

function row(
  channel: ChannelUsage,
  device: HomeDevice | undefined,
  name: string | undefined,
  { usedWatts, panels }: Context,
  children: Row[],
): Row {
  const watts = channel.watts ?? null;
  const isDrawing = watts !== null && watts >= 0;
  const isDevice = channel.channelNum === MAINS;
  const isOfPanel = !isDevice && panels.has(channel.deviceGid);
  // Of what is nested the device's own row says it; a device that is back has figures again.
  const isOffline = watts === null && device?.online === false && (isDevice || isOfPanel);
  const details = [
    !isDevice && panels.size > 1 ? device?.name : null,
    channel.channelNum === BALANCE ? BALANCE_DETAIL : null,
  ];
  return {
    key: circuitKey(channel.deviceGid, channel.channelNum),
    name: name ?? `Device ${channel.deviceGid}`,
    detail: details.filter(Boolean).join(", "),
    watts,
    share: isDrawing && usedWatts !== null && usedWatts > 0 ? watts / usedWatts : null,
    offline: isOffline ? (device.offlineSince ?? "") : null,
    children: children.sort(byWatts),
  };
}

function byWatts(one: Row, other: Row): number {
  const difference = (other.watts ?? -Infinity) - (one.watts ?? -Infinity);
  return difference || one.name.localeCompare(other.name);
}
