/** What the stream sends, read with care: the socket may bring anything. */

import type { DeviceListUsages, Live } from "../api/wire.ts";

/** A sample as a subscribed stream sends it, with how fresh it is. */
export interface Frame {
  readonly usages: DeviceListUsages;
  readonly live: Live;
}

export type Message =
  | { readonly kind: "authenticated" }
  | { readonly kind: "frame"; readonly frame: Frame }
  | { readonly kind: "error"; readonly sentence: string }
  | { readonly kind: "other" };

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
      return { kind: "error", sentence: String(message.message) };
    case "deviceData":
      return readFrame(message.data);
    default:
      return OTHER;
  }
}

/** Frames from before `subscribed` tell no age: they are passed over. */
function readFrame(data: unknown): Message {
  if (!isRecord(data) || !isRecord(data.deviceListUsages) || !isRecord(data.live)) {
    return OTHER;
  }
  const usages = data.deviceListUsages as unknown as DeviceListUsages;
  return { kind: "frame", frame: { usages, live: data.live as unknown as Live } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
