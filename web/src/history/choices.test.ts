import { expect, test } from "vitest";
import type { Channel, Device } from "../api/wire.ts";
import { type HomeDevice, readHome } from "../home/model.ts";
import { choicesOf, devicesOf } from "./choices.ts";

function channel(deviceGid: number, channelNum: string, rest: Partial<Channel> = {}): Channel {
  return { deviceGid, channelNum, channelTypeGid: 18, ...rest };
}

function device(deviceGid: number, deviceName: string, rest: Partial<Device> = {}): Device {
  const locationProperties = { deviceName, timeZone: "Europe/Berlin", billingCycleStartDay: 31 };
  return { deviceGid, locationProperties, channels: [channel(deviceGid, "1,2,3")], ...rest };
}

function deviceOf(gid: number): HomeDevice {
  const found = home.byGid.get(gid);
  if (!found) throw new Error(`no device ${gid}`);
  return found;
}

const PANEL = device(1, "Haus", {
  channels: [
    channel(1, "1,2,3"),
    channel(1, "1", { name: null, channelTypeGid: null }),
    channel(1, "2", { name: "Pump A", parentChannelNum: "97" }),
    channel(1, "3", { name: "Workshop feed", channelTypeGid: 21 }),
    channel(1, "4", { name: "Pump B", parentChannelNum: "97" }),
    channel(1, "5", { name: "Roof", channelTypeGid: 13 }),
    channel(1, "97", { name: "Pump", type: "Merged" }),
  ],
});
const SUB_PANEL = device(2, "Workshop", {
  parentDeviceGid: 1,
  parentChannelNum: "3",
  channels: [channel(2, "1,2,3"), channel(2, "1", { name: "Saw" })],
});
const PLUG = device(3, "Printer", { parentDeviceGid: 2, parentChannelNum: "1" });
const LOOSE_PLUG = device(4, "Lamp", { parentDeviceGid: 1, parentChannelNum: "1,2,3" });

const home = readHome({
  customerGid: 1,
  email: "home@example.com",
  devices: [PANEL, SUB_PANEL, PLUG, LOOSE_PLUG],
});
const [panel, subPanel, plug] = [deviceOf(1), deviceOf(2), deviceOf(3)];

test("legs stand under their merged circuit, nested devices under the circuit that feeds them", () => {
  expect(choicesOf(panel).map(({ depth, name }) => `${"  ".repeat(depth)}${name}`)).toEqual([
    "Mains",
    "Workshop feed",
    "  Workshop",
    "    Saw",
    "      Printer",
    "    Balance",
    "Roof",
    "Pump",
    "  Pump A",
    "  Pump B",
    "Circuit 1",
    "Lamp",
    "Balance",
  ]);
});

test("what belongs to another device than the chosen one is labelled with it", () => {
  expect(choicesOf(panel).map(({ label }) => label)).toContain("Workshop: Saw");
  expect(choicesOf(subPanel).map(({ label }) => label)).toEqual([
    "Mains",
    "Saw",
    "Printer",
    "Balance",
  ]);
});

test("a plug is one series, named as the plug", () => {
  expect(choicesOf(plug).map(({ key, label }) => [key, label])).toEqual([["3/1,2,3", "Printer"]]);
});

test("every choice knows its device, its channel, and where its bills begin", () => {
  const saw = choicesOf(panel).find(({ name }) => name === "Saw");
  expect(saw).toMatchObject({
    gid: 2,
    channel: "1",
    location: { timeZone: "Europe/Berlin", billingDay: 31 },
  });
});

test("solar is told apart", () => {
  expect(
    choicesOf(panel)
      .filter(({ isSolar }) => isSolar)
      .map(({ name }) => name),
  ).toEqual(["Roof"]);
});

test("devices are listed with the nested ones below", () => {
  expect(devicesOf(home).map(({ device, depth }) => [device.name, depth])).toEqual([
    ["Haus", 0],
    ["Workshop", 1],
    ["Printer", 2],
    ["Lamp", 1],
  ]);
});
