/** A home as the page shows it: devices as a tree, their circuits named, read off `GET /devices`. */

import { type Channel, type Customer, type Device, MAINS } from "../api/wire.ts";
import { channelType, SOLAR_TYPE } from "./channel-types.ts";

export interface Home {
  /** IANA's name; every time on the page is told in it. */
  readonly timeZone: string;
  /** Those that hang on no other, panels first; the others are below them. */
  readonly roots: readonly HomeDevice[];
  readonly byGid: ReadonlyMap<number, HomeDevice>;
}

export interface HomeDevice {
  readonly gid: number;
  readonly name: string;
  readonly model: string | null;
  readonly firmware: string | null;
  readonly serial: string | null;
  /** Null where Emporia does not say. */
  readonly online: boolean | null;
  /** Whether it charges a car. */
  readonly isCharger: boolean;
  /** Emporia's own prose, in the home's time. */
  readonly offlineSince: string | null;
  readonly timeZone: string;
  readonly billingDay: number;
  /** Null where nobody entered a price. */
  readonly centsPerKwh: number | null;
  /** The circuit of its parent that it hangs on. */
  readonly parentChannel: string | null;
  readonly mains: Circuit;
  /** Without the mains, in Emporia's order. */
  readonly circuits: readonly Circuit[];
  readonly children: readonly HomeDevice[];
}

export interface Circuit {
  readonly gid: number;
  readonly channel: string;
  readonly name: string;
  /** What it feeds, in words. */
  readonly feeds: string | null;
  /** Emporia's kind of sensor, such as `FiftyAmpBidirectional`. */
  readonly sensor: string | null;
  readonly isSolar: boolean;
  /** Nobody named it or said what it feeds: an input without a clamp, in all likelihood. */
  readonly isConfigured: boolean;
  /** The merged circuit that this one is a leg of. */
  readonly legOf: string | null;
}

export function circuitKey(gid: number, channel: string): string {
  return `${gid}/${channel}`;
}

export function readHome(customer: Customer): Home {
  // Emporia may list a device twice; the last one counts.
  const listed = new Map((customer.devices ?? []).map((device) => [device.deviceGid, device]));
  const devices = [...listed.values()];
  const timeZone = devices.map(zoneOf).find((zone) => zone !== null) ?? "UTC";
  const byGid = new Map<number, HomeDevice>();
  const begun = new Set<number>();
  const read = (device: Device): HomeDevice => {
    begun.add(device.deviceGid);
    const children = devices
      .filter(({ parentDeviceGid: parent }) => parent === device.deviceGid)
      .filter(({ deviceGid }) => !begun.has(deviceGid))
      .map(read);
    const known = readDevice(device, timeZone, children);
    byGid.set(known.gid, known);
    return known;
  };
  const hangsOnNone = ({ parentDeviceGid: parent }: Device) =>
    parent == null || !listed.has(parent);
  const roots: HomeDevice[] = [];
  // Those that are left after the first ones hang on each other in a circle.
  for (const device of [...devices.filter(hangsOnNone), ...devices]) {
    if (!begun.has(device.deviceGid)) roots.push(read(device));
  }
  roots.sort((one, other) => other.circuits.length - one.circuits.length || one.gid - other.gid);
  return { timeZone, roots, byGid };
}

/** The device and all that hangs below it, parents first. */
export function* walk(devices: readonly HomeDevice[]): Generator<HomeDevice> {
  for (const device of devices) {
    yield device;
    yield* walk(device.children);
  }
}

function readDevice(device: Device, timeZone: string, children: HomeDevice[]): HomeDevice {
  const gid = device.deviceGid;
  const place = device.locationProperties;
  const name = place?.deviceName?.trim() || place?.displayName?.trim() || `Device ${gid}`;
  return {
    gid,
    name,
    model: device.model ?? null,
    firmware: device.firmware ?? null,
    serial: device.manufacturerDeviceId ?? null,
    online: device.deviceConnected?.connected ?? null,
    isCharger: device.evCharger != null,
    offlineSince: device.deviceConnected?.offlineSince ?? null,
    timeZone: zoneOf(device) ?? timeZone,
    billingDay: place?.billingCycleStartDay ?? 1,
    centsPerKwh: place?.usageCentPerKwHour ?? null,
    parentChannel: device.parentChannelNum ?? null,
    mains: readCircuit({ deviceGid: gid, name, channelNum: MAINS }, null),
    circuits: readCircuits(device),
    children,
  };
}

/** The device's zone; null where Emporia names none that this browser knows. */
function zoneOf({ locationProperties }: Device): string | null {
  const zone = locationProperties?.timeZone;
  if (!zone) return null;
  try {
    new Intl.DateTimeFormat(undefined, { timeZone: zone });
    return zone;
  } catch {
    // A zone that is newer than the browser: the home has another, or UTC.
    return null;
  }
}

function readCircuits(device: Device): Circuit[] {
  const channels = [device, ...(device.devices ?? [])].flatMap((part) => part.channels ?? []);
  const legs = new Set(
    channels.filter((one) => one.parentChannelNum != null).map((one) => one.channelNum),
  );
  return channels
    .filter(({ channelNum }) => channelNum !== MAINS)
    .map((channel) => {
      const merged = channel.parentChannelNum ?? null;
      // What is a leg itself merges nothing; circles end here too.
      return readCircuit(channel, merged !== null && legs.has(merged) ? null : merged);
    });
}

function readCircuit(channel: Channel, legOf: string | null): Circuit {
  return {
    gid: channel.deviceGid,
    channel: channel.channelNum,
    name: channel.name?.trim() || `Circuit ${channel.channelNum}`,
    feeds: channelType(channel.channelTypeGid),
    sensor: channel.type ?? null,
    isSolar: channel.channelTypeGid === SOLAR_TYPE,
    isConfigured: Boolean(channel.name?.trim()) || channel.channelTypeGid != null,
    legOf,
  };
}
