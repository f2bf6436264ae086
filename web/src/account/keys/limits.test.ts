import { expect, test } from "vitest";
import type { Channel, Device } from "../../api/wire.ts";
import { readHome } from "../../home/model.ts";
import { isCovered, limitsOf, seenBy, tickedNames, ticksOf } from "./limits.ts";

function device(deviceGid: number, deviceName: string, rest: Partial<Device> = {}): Device {
  return { deviceGid, locationProperties: { deviceName }, model: "SSO001", ...rest };
}

function channel(deviceGid: number, channelNum: string, name: string, rest: Partial<Channel> = {}) {
  return { deviceGid, channelNum, name, ...rest };
}

const HOME = readHome({
  customerGid: 1,
  email: "home@example.com",
  devices: [
    device(1, "House", {
      channels: [
        channel(1, "1,2,3", "Main"),
        channel(1, "1", "Fridge"),
        channel(1, "2", "Workshop feed"),
      ],
    }),
    device(2, "Workshop", {
      parentDeviceGid: 1,
      parentChannelNum: "2",
      channels: [channel(2, "1", "Saw")],
    }),
    device(3, "Printer", { parentDeviceGid: 2, parentChannelNum: "1" }),
    device(4, "Lamp"),
  ],
});
const TICKS = ticksOf(HOME);

test("everything is there to tick once, below what it comes with, but for the balance", () => {
  expect(TICKS.map(({ depth, name, key }) => `${"  ".repeat(depth)}${name} (${key})`)).toEqual([
    "House (device 1)",
    "  Mains (1/1,2,3)",
    "  Fridge (1/1)",
    "  Workshop feed (1/2)",
    "    Workshop (device 2)",
    "      Mains (2/1,2,3)",
    "      Saw (2/1)",
    "        Printer (device 3)",
    "Lamp (device 4)",
  ]);
});

test("a single circuit is that circuit, and nothing of its device", () => {
  const ticked = new Set(["1/1"]);

  expect(limitsOf(TICKS, ticked)).toEqual({
    devices: [],
    channels: [{ deviceGid: 1, channel: "1" }],
  });
  expect(TICKS.filter((tick) => isCovered(tick, ticked))).toEqual([]);
});

test("a device comes with all that hangs on it, which is named to the gateway too", () => {
  const ticked = new Set(["device 1", "1/1", "device 3"]);

  expect(limitsOf(TICKS, ticked)).toEqual({ devices: [1, 2, 3], channels: [] });
  expect(TICKS.filter((tick) => isCovered(tick, ticked)).map(({ name }) => name)).toEqual([
    "Mains",
    "Fridge",
    "Workshop feed",
    "Workshop",
    "Mains",
    "Saw",
    "Printer",
  ]);
  expect(tickedNames(TICKS, ticked)).toEqual(["House"]);
});

test("devices and circuits are seen together", () => {
  expect(limitsOf(TICKS, new Set(["device 4", "2/1"]))).toEqual({
    devices: [4],
    channels: [{ deviceGid: 2, channel: "1" }],
  });
});

test("mains are told by their device", () => {
  expect(tickedNames(TICKS, new Set(["2/1,2,3", "1/1"]))).toEqual(["Fridge", "Mains of Workshop"]);
});

test("a key without limits sees all", () => {
  expect(seenBy({ devices: null, channels: null }, TICKS)).toBeNull();
});

test("a key says by name what it sees, and by number what the home has not", () => {
  const limits = {
    devices: [1, 2, 3, 9],
    channels: [
      { deviceGid: 1, channel: "1" },
      { deviceGid: 9, channel: "5" },
    ],
  };

  expect(seenBy(limits, TICKS)).toEqual(["House", "Device 9", "Device 9, circuit 5"]);
  expect(seenBy({ devices: [], channels: limits.channels }, TICKS)).toEqual([
    "Fridge",
    "Device 9, circuit 5",
  ]);
  expect(seenBy({ devices: [4], channels: null }, [])).toEqual(["Device 4"]);
});
