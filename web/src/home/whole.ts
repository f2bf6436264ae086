/**
 * What the whole home draws, gives and uses: the one place where the page sums a home up.
 *
 * The mains of the panels are the home: a plug that stands alone hangs on one of them all the same.
 */

import { type ChannelUsage, type DeviceUsage, MAINS } from "../api/wire.ts";
import type { Home } from "./model.ts";

/** In watts; null is unknown, which is not zero. */
export interface Whole {
  /** What the home draws from the grid; negative is export. */
  readonly homeWatts: number | null;
  /** What the sun gives, never negative; null where the home has no solar circuit. */
  readonly solarWatts: number | null;
  /** What the home uses, from the grid and from the sun. */
  readonly usedWatts: number | null;
}

export function wholeOf(devices: readonly DeviceUsage[], home: Home): Whole {
  const homeWatts = homeUsage(devices, ({ watts }) => watts);
  const solarWatts = solarWattsOf(devices, home);
  const usedWatts = homeWatts === null ? null : homeWatts + (solarWatts ?? 0);
  return { homeWatts, solarWatts, usedWatts };
}

/** The sum of the home's mains, in whatever is read off them. */
export function homeUsage(
  devices: readonly DeviceUsage[],
  amount: (channel: ChannelUsage) => number | null | undefined,
): number | null {
  const panels = devices.filter(isPanel);
  const mains = (panels.length > 0 ? panels : devices).map(mainsOf);
  return sumOfKnown(mains.map((channel) => (channel && amount(channel)) ?? null));
}

export function mainsOf({ channelUsages }: DeviceUsage): ChannelUsage | undefined {
  return channelUsages.find(({ channelNum }) => channelNum === MAINS);
}

export function isPanel(device: DeviceUsage): boolean {
  return device.channelUsages.length > 1;
}

/** The sum of what is known; null where nothing is. */
export function sumOfKnown(watts: readonly (number | null)[]): number | null {
  const known = watts.filter((one) => one !== null);
  return known.length > 0 ? known.reduce((sum, one) => sum + one, 0) : null;
}

export function* walkChannels(devices: readonly DeviceUsage[]): Generator<ChannelUsage> {
  for (const device of devices) {
    for (const channel of device.channelUsages) {
      yield channel;
      yield* walkChannels(channel.nestedDevices ?? []);
    }
  }
}

function solarWattsOf(devices: readonly DeviceUsage[], home: Home): number | null {
  const generated = [...walkChannels(devices)]
    .filter((channel) => isSolar(channel, home))
    .map((channel) => channel.watts ?? null);
  const sum = sumOfKnown(generated);
  return sum === null ? null : Math.max(0, -sum);
}

function isSolar(channel: ChannelUsage, home: Home): boolean {
  const circuits = home.byGid.get(channel.deviceGid)?.circuits ?? [];
  return circuits.some(
    // A merged circuit has the power of its legs already.
    ({ isSolar, legOf, channel: number }) =>
      isSolar && legOf === null && number === channel.channelNum,
  );
}
