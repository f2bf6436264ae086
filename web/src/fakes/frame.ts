/** Frames for tests, as a subscribed stream sends them. */

import type { ChannelUsage, DeviceUsage, Live, LiveHome } from "../api/wire.ts";

const NOON = Date.parse("2026-03-01T12:00:00Z");

/** Seconds after noon as the gateway writes an instant. */
export function afterNoon(seconds: number): string {
  return new Date(NOON + seconds * 1_000).toISOString();
}

/** How fresh the sample of a second is that was received 2 s later, with the next due 1 s on. */
export function liveAt(second: number, others: Partial<Live> = {}): Live {
  return {
    sampledAt: afterNoon(second),
    receivedAt: afterNoon(second + 2),
    stale: false,
    nextPollAt: afterNoon(second + 3),
    budgetLeft: 1_000,
    home: [],
    ...others,
  };
}

/** The `deviceData` of a sample. */
export function frameAt(
  second: number,
  { devices = [], live = {} }: { devices?: readonly DeviceUsage[]; live?: Partial<Live> } = {},
) {
  return {
    type: "deviceData",
    data: {
      deviceListUsages: {
        instant: afterNoon(second),
        scale: "1S",
        energyUnit: "KilowattHours",
        devices,
      },
      live: liveAt(second, live),
    },
  } as const;
}

/** What the connection makes of it. */
export function sampleOf({ data: { deviceListUsages, live } }: ReturnType<typeof frameAt>) {
  return { usages: deviceListUsages, live };
}

/** A home of device 1 that draws so many watts from the grid; null is unknown. */
export function homeUsing(watts: number | null, others: Partial<LiveHome> = {}): LiveHome {
  return {
    name: "House",
    deviceGids: [1],
    gridGids: [1],
    watts,
    gridWatts: watts,
    solarWatts: 0,
    batteryWatts: 0,
    hasSolar: false,
    hasBattery: false,
    batteryChannels: [],
    silentGids: watts === null ? [1] : [],
    ...others,
  };
}

/** A channel of device 1 that draws so many watts; null is unknown. */
export function channel(
  channelNum: string,
  watts: number | null,
  others: Partial<ChannelUsage> = {},
): ChannelUsage {
  const usage = watts === null ? null : watts / 3_600_000;
  return { deviceGid: 1, channelNum, usage, watts, nestedDevices: [], ...others };
}
