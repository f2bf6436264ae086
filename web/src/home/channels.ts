/** The channels of a frame, and what is found among them. */

import { type ChannelUsage, type DeviceUsage, MAINS } from "../api/wire.ts";

export function mainsOf({ channelUsages }: DeviceUsage): ChannelUsage | undefined {
  return channelUsages.find(({ channelNum }) => channelNum === MAINS);
}

/** Whether it is shown by its circuits; which device is a panel, the gateway tells. */
export function hasCircuits({ channelUsages }: DeviceUsage): boolean {
  return channelUsages.length > 1;
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
