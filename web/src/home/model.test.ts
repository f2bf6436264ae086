import { expect, test } from "vitest";
import type { Channel, Customer, Device } from "../api/wire.ts";
import { type Home, type HomeDevice, readHome, walk } from "./model.ts";

const CUSTOMER = { customerGid: 1, email: "home@example.com" };

function homeOf(...devices: Device[]): Home {
  return readHome({ ...CUSTOMER, devices });
}

function panel(deviceGid: number, ...channels: Partial<Channel>[]): Device {
  return {
    deviceGid,
    devices: [
      {
        deviceGid,
        channels: channels.map((channel) => ({ deviceGid, channelNum: "1", ...channel })),
      },
    ],
  };
}

function on(parent: number, deviceGid: number, channel = "1"): Device {
  return { deviceGid, parentDeviceGid: parent, parentChannelNum: channel };
}

function circuitsOf(...channels: Partial<Channel>[]) {
  return homeOf(panel(1, ...channels)).byGid.get(1)?.circuits ?? [];
}

/** The tree as gids: `[1, [[2, []]]]` is 2 below 1. */
type Tree = readonly [number, readonly Tree[]];

function treeOf(devices: readonly HomeDevice[]): readonly Tree[] {
  return devices.map(({ gid, children }) => [gid, treeOf(children)]);
}

test("a device is what Emporia tells of it", () => {
  const { byGid } = homeOf({
    deviceGid: 7,
    manufacturerDeviceId: "A2247A04B4",
    model: "VUE002",
    firmware: "Vue2-434",
    parentDeviceGid: null,
    parentChannelNum: null,
    locationProperties: {
      deviceName: "House",
      displayName: "House, 1st floor",
      timeZone: "Europe/Berlin",
      billingCycleStartDay: 14,
      usageCentPerKwHour: 30.5,
    },
    deviceConnected: { connected: false, offlineSince: "since Apr 2, 2026, 5:06 PM" },
    channels: [{ deviceGid: 7, channelNum: "1,2,3", name: null, type: "Main" }],
  });

  expect(byGid.get(7)).toMatchObject({
    name: "House",
    model: "VUE002",
    firmware: "Vue2-434",
    serial: "A2247A04B4",
    online: false,
    offlineSince: "since Apr 2, 2026, 5:06 PM",
    timeZone: "Europe/Berlin",
    billingDay: 14,
    centsPerKwh: 30.5,
    parentChannel: null,
    mains: { gid: 7, channel: "1,2,3", name: "House" },
    circuits: [],
    children: [],
  });
});

test("what Emporia leaves out, or says null to, is unknown", () => {
  const nothing = {
    name: "Device 7",
    model: null,
    firmware: null,
    serial: null,
    online: null,
    offlineSince: null,
    timeZone: "UTC",
    billingDay: 1,
    centsPerKwh: null,
    parentChannel: null,
    circuits: [],
    children: [],
  };
  const bare: Device = { deviceGid: 7 };
  const nulls: Device = {
    deviceGid: 7,
    manufacturerDeviceId: null,
    model: null,
    firmware: null,
    parentDeviceGid: null,
    parentChannelNum: null,
    locationProperties: null,
    deviceConnected: null,
    devices: null,
    channels: null,
  };
  const emptyParts: Device = {
    ...nulls,
    locationProperties: { deviceName: null, displayName: "", timeZone: null },
    deviceConnected: { connected: null, offlineSince: null },
    devices: [{ deviceGid: 7, channels: null }],
  };

  expect(homeOf(bare).byGid.get(7)).toMatchObject(nothing);
  expect(homeOf(nulls).byGid.get(7)).toMatchObject(nothing);
  expect(homeOf(emptyParts).byGid.get(7)).toMatchObject(nothing);
});

test.each([[{ ...CUSTOMER, devices: [] }], [JSON.parse('{"devices": null}')], [JSON.parse("{}")]])(
  "a home without devices, %o, is a home",
  (customer: Customer) => {
    expect(readHome(customer)).toEqual({ timeZone: "UTC", roots: [], byGid: new Map() });
  },
);

test("circuits are those of the device and of its expansions, without the mains", () => {
  const home = homeOf({
    ...panel(1, { channelNum: "1", name: "Oven" }, { channelNum: "2", name: "Pump" }),
    channels: [{ deviceGid: 1, channelNum: "1,2,3", type: "Main" }],
  });

  expect(home.byGid.get(1)?.circuits.map(({ name }) => name)).toEqual(["Oven", "Pump"]);
});

test("a circuit says what it feeds, and whether anybody set it up", () => {
  expect(
    circuitsOf(
      { channelNum: "1", name: "Roof", channelTypeGid: 13, type: "FiftyAmpBidirectional" },
      { channelNum: "2", name: null, channelTypeGid: 24 },
      { channelNum: "3", name: "Sauna", channelTypeGid: 999 },
      { channelNum: "4", name: "", channelTypeGid: null, type: null },
    ),
  ).toMatchObject([
    { name: "Roof", feeds: "Solar, generation", isSolar: true, isConfigured: true },
    { name: "Circuit 2", feeds: "Heat pump", isSolar: false, isConfigured: true },
    { name: "Sauna", feeds: null, isSolar: false, isConfigured: true },
    { name: "Circuit 4", feeds: null, isSolar: false, isConfigured: false, sensor: null },
  ]);
});

test("legs know their merged circuit, and circles of legs are no legs", () => {
  const legs = circuitsOf(
    { channelNum: "1", parentChannelNum: "97" },
    { channelNum: "97" },
    { channelNum: "2", parentChannelNum: "2" },
    { channelNum: "3", parentChannelNum: "4" },
    { channelNum: "4", parentChannelNum: "3" },
  );

  expect(legs.map(({ legOf }) => legOf)).toEqual(["97", null, null, null, null]);
});

test("a device that is listed twice is one, as it was told last", () => {
  const home = homeOf(
    { deviceGid: 1, model: "old" },
    { deviceGid: 2 },
    { deviceGid: 1, model: "new" },
  );

  expect(home.byGid.get(1)?.model).toBe("new");
  expect(treeOf(home.roots)).toEqual([
    [1, []],
    [2, []],
  ]);
});

test("devices hang on devices, in whatever order they are listed", () => {
  const home = homeOf(on(2, 3), on(1, 2), panel(1, {}), on(1, 4, "1,2,3"));

  expect(treeOf(home.roots)).toEqual([
    [
      1,
      [
        [2, [[3, []]]],
        [4, []],
      ],
    ],
  ]);
  expect([...walk(home.roots)].map(({ gid }) => gid)).toEqual([1, 2, 3, 4]);
  expect([...home.byGid.keys()].sort()).toEqual([1, 2, 3, 4]);
});

test("a device whose parent is not listed stands by itself", () => {
  expect(treeOf(homeOf(on(99, 2)).roots)).toEqual([[2, []]]);
});

test("devices that hang on each other in a circle are shown all the same, once", () => {
  expect(treeOf(homeOf(on(1, 1)).roots)).toEqual([[1, []]]);
  expect(treeOf(homeOf(on(3, 1), on(1, 2), on(2, 3), panel(4)).roots)).toEqual([
    [1, [[2, [[3, []]]]]],
    [4, []],
  ]);
});

test("panels come first, those with the most circuits before others", () => {
  const home = homeOf({ deviceGid: 3 }, panel(2, {}), { deviceGid: 1 }, panel(4, {}, {}));

  expect(home.roots.map(({ gid }) => gid)).toEqual([4, 2, 1, 3]);
});

test("the home's zone is the first that is told and known, also to devices without one", () => {
  const zoned = (deviceGid: number, timeZone: string): Device => ({
    deviceGid,
    locationProperties: { timeZone },
  });
  const home = homeOf(
    { deviceGid: 1 },
    zoned(2, ""),
    zoned(3, "Mars/Olympus"),
    zoned(4, "Asia/Kathmandu"),
    zoned(5, "Europe/Berlin"),
  );

  expect(home.timeZone).toBe("Asia/Kathmandu");
  expect([1, 2, 3, 4, 5].map((gid) => home.byGid.get(gid)?.timeZone)).toEqual([
    ...["Asia/Kathmandu", "Asia/Kathmandu", "Asia/Kathmandu", "Asia/Kathmandu"],
    "Europe/Berlin",
  ]);
});

test("a thousand devices are read at once", () => {
  const devices = Array.from({ length: 1_000 }, (_, index) => on(index, index + 1));

  expect([...walk(homeOf(...devices).roots)]).toHaveLength(1_000);
});
