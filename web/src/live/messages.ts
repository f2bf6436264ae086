/** What the stream sends, read with care: the socket may bring anything. */

import type {
  ChannelUsage,
  DeviceListUsages,
  DeviceUsage,
  HomeWatts,
  Live,
  LiveFlows,
  LiveHome,
  Quality,
} from "../api/wire.ts";
import { isRecord } from "../record.ts";

/** A sample as a subscribed stream sends it, with how fresh it is. */
export interface Frame {
  readonly usages: DeviceListUsages;
  readonly live: Live;
}

export type Message =
  | { readonly kind: "authenticated" }
  | { readonly kind: "frame"; readonly frame: Frame }
  | { readonly kind: "error"; readonly sentence: string; readonly code: string | null }
  | { readonly kind: "other" };

const QUALITIES: ReadonlySet<unknown> = new Set<Quality>(["live", "averaged", "missing"]);
const OTHER: Message = { kind: "other" };

export function readMessage(text: string): Message {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return OTHER;
  }
  if (!isRecord(message)) return OTHER;
  switch (message.type) {
    case "authenticated":
      return { kind: "authenticated" };
    case "error":
      return typeof message.message === "string"
        ? { kind: "error", sentence: message.message, code: codeOf(message) }
        : OTHER;
    case "deviceData":
      return readFrame(message.data);
    default:
      return OTHER;
  }
}

/** Whoever has not subscribed yet is told none. */
function codeOf({ code }: { readonly code?: unknown }): string | null {
  return typeof code === "string" ? code : null;
}

/** Frames from before `subscribed` tell no age: they are passed over. */
function readFrame(data: unknown): Message {
  if (!isRecord(data) || !isUsages(data.deviceListUsages) || !isLive(data.live)) return OTHER;
  return { kind: "frame", frame: { usages: data.deviceListUsages, live: data.live } };
}

function isLive(value: unknown): value is Live {
  return (
    isRecord(value) &&
    isInstant(value.sampledAt) &&
    isInstant(value.receivedAt) &&
    typeof value.stale === "boolean" &&
    (value.nextPollAt === null || isInstant(value.nextPollAt)) &&
    (value.quality === undefined || QUALITIES.has(value.quality)) &&
    (value.ageSeconds === undefined || typeof value.ageSeconds === "number") &&
    (value.home === undefined || (Array.isArray(value.home) && value.home.every(isHome)))
  );
}

function isHome(value: unknown): value is LiveHome {
  return (
    isRecord(value) &&
    (value.name === null || typeof value.name === "string") &&
    [value.deviceGids, value.gridGids, value.silentGids].every(isGids) &&
    [value.hasSolar, value.hasBattery].every((one) => typeof one === "boolean") &&
    isPower(value) &&
    Array.isArray(value.batteryChannels) &&
    value.batteryChannels.every(isPlace) &&
    (value.flows === undefined || isFlows(value.flows)) &&
    (value.newestMinute === undefined || isMinute(value.newestMinute))
  );
}

function isPlace(value: unknown): boolean {
  return isRecord(value) && typeof value.gid === "number" && typeof value.channel === "string";
}

function isMinute(value: unknown): boolean {
  return isRecord(value) && isInstant(value.sampledAt) && isPower(value);
}

function isPower(value: Record<string, unknown>): boolean {
  const names: (keyof HomeWatts)[] = ["watts", "gridWatts", "solarWatts", "batteryWatts"];
  return names.every((name) => isWatts(value[name]));
}

function isWatts(value: unknown): boolean {
  return value === null || typeof value === "number";
}

function isFlows(value: unknown): boolean {
  const names: (keyof LiveFlows)[] = [
    ...(["importWatts", "exportWatts", "generationWatts", "selfUseWatts"] as const),
    ...(["batteryInWatts", "batteryOutWatts", "consumptionWatts"] as const),
  ];
  return isRecord(value) && names.every((name) => isWatts(value[name]));
}

function isGids(value: unknown): boolean {
  return Array.isArray(value) && value.every((gid) => typeof gid === "number");
}

function isUsages(value: unknown): value is DeviceListUsages {
  return isRecord(value) && isInstant(value.instant) && isDevices(value.devices);
}

function isDevices(value: unknown): value is readonly DeviceUsage[] {
  return Array.isArray(value) && value.every(isDevice);
}

function isDevice(value: unknown): value is DeviceUsage {
  return (
    isRecord(value) && Array.isArray(value.channelUsages) && value.channelUsages.every(isChannel)
  );
}

function isChannel(value: unknown): value is ChannelUsage {
  return (
    isRecord(value) &&
    typeof value.channelNum === "string" &&
    isAmount(value.usage) &&
    isAmount(value.watts) &&
    (value.nestedDevices == null || isDevices(value.nestedDevices))
  );
}

function isAmount(value: unknown): boolean {
  return value == null || typeof value === "number";
}

function isInstant(value: unknown): boolean {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}
