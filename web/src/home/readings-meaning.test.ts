import { expect, test } from "vitest";
import type { ChannelUsage, Device, DeviceUsage, LiveHome } from "../api/wire.ts";
import { channel, frameAt, homeUsing, sampleOf } from "../fakes/frame.ts";
import { type Home, readHome } from "./model.ts";
import { type Reading, read, walkRows } from "./readings.ts";

const SINCE = "since Apr 2, 2026, 5:06 PM";
const OFFLINE = { connected: false, offlineSince: SINCE };

function homeOf(...devices: Device[]): Home {
  return readHome({ customerGid: 1, email: "home@example.com", devices });
}

function readingOf(home: Home, ...devices: DeviceUsage[]): Reading {
  return read(sampleOf(frameAt(0, { devices })), home);
}

/** The shares, by the row's key, in homes of which the gateway tells. */
function sharesIn(homes: readonly LiveHome[], ...devices: DeviceUsage[]) {
  const { rows } = read(sampleOf(frameAt(0, { devices, live: { home: homes } })), homeOf());
  return Object.fromEntries([...walkRows(rows)].map(({ key, share }) => [key, share]));
}

function panel(...channelUsages: ChannelUsage[]): DeviceUsage {
  return { deviceGid: 1, channelUsages };
}

const NOON = { hasSolar: true, hasBattery: true, solarWatts: 5_000, batteryWatts: -2_600 };
const NIGHT = { hasSolar: true, hasBattery: true, solarWatts: 0, batteryWatts: 2_610 };

test.each([
  ["by noon, when a battery charges", homeUsing(800, { ...NOON, gridWatts: -1_600 })],
  ["by night, when a battery sells", homeUsing(800, { ...NIGHT, gridWatts: -1_810 })],
])("shares are of what the home uses, as the gateway tells it, %s", (_, told) => {
  const house = panel(
    channel("1,2,3", told.gridWatts),
    channel("1", -(told.solarWatts ?? 0)),
    channel("2", 400),
  );
  expect(sharesIn([told], house)["1/2"]).toBe(0.5);
});

test("who gives has no share, and nobody else's grows by it", () => {
  const told = homeUsing(800, { ...NIGHT, gridWatts: -1_810 });
  const house = panel(channel("1,2,3", -1_810), channel("1", -2_610), channel("2", 800));
  expect(sharesIn([told], house)).toEqual({ "1/1": null, "1/2": 1 });
});

test("a battery that charges uses nothing, and has no share", () => {
  const batteryChannels = [{ gid: 1, channel: "3" }];
  const told = homeUsing(800, { ...NOON, gridWatts: -1_600, batteryChannels });
  const house = panel(channel("1,2,3", -1_600), channel("2", 400), channel("3", 2_600));
  expect(sharesIn([told], house)).toEqual({ "1/2": 0.5, "1/3": null });
});

test("where what is used is unknown, nobody has a share", () => {
  const house = panel(channel("1,2,3", 500), channel("1", 500));
  expect(sharesIn([homeUsing(null, { gridWatts: 500 })], house)).toEqual({ "1/1": null });
  expect(sharesIn([homeUsing(0)], house)).toEqual({ "1/1": null });
  expect(sharesIn([], house)).toEqual({ "1/1": null });
});

test("who draws nothing has no part, and who is unknown has no share", () => {
  const house = panel(channel("1,2,3", 100), channel("1", 0), channel("2", null));
  expect(sharesIn([homeUsing(100)], house)).toEqual({ "1/1": 0, "1/2": null });
});

test("of several homes each panel's shares are of its own, and a plug's of none", () => {
  const homes = [
    homeUsing(100),
    homeUsing(1_000, { name: "Cabin", deviceGids: [2], gridGids: [2] }),
  ];
  const of = (deviceGid: number) => [
    channel("1,2,3", 100, { deviceGid }),
    channel("1", 50, { deviceGid }),
  ];
  const devices = [1, 2].map((deviceGid) => ({ deviceGid, channelUsages: of(deviceGid) }));
  const plug = { deviceGid: 3, channelUsages: [channel("1,2,3", 50, { deviceGid: 3 })] };

  expect(sharesIn(homes, ...devices, plug)).toEqual({ "1/1": 0.5, "2/1": 0.05, "3/1,2,3": null });
});

test("watts that are not told, as before the subscription, are unknown", () => {
  const untold = { deviceGid: 1, channelNum: "1,2,3", usage: 0.1 };
  expect(readingOf(homeOf(), panel(untold)).rows[0]?.watts).toBeNull();
});

test("a panel whose mains are silent shows a dash, whatever they say", () => {
  const house = panel(channel("1,2,3", 0), channel("1", 500));
  const live = { home: [homeUsing(null)] };
  const { panels } = read(sampleOf(frameAt(0, { devices: [house], live })), homeOf());
  expect(panels[0]?.watts).toBeNull();
});

test("a rest below zero says that circuits measure more than the mains", () => {
  const rest = (watts: number) =>
    readingOf(homeOf(), panel(channel("1,2,3", 0), channel("Balance", watts))).rows[0]?.detail;
  expect([rest(-500), rest(-0.2), rest(0)]).toEqual([
    "circuits measure more than the mains",
    "what no circuit measures",
    "what no circuit measures",
  ]);
});

test("a panel has a share of what its home uses, where it draws and both are known", () => {
  const shareAt = (mains: number, used: number | null) => {
    const live = { home: [homeUsing(used)] };
    const house = panel(channel("1,2,3", mains), channel("1", 5));
    return read(sampleOf(frameAt(0, { devices: [house], live })), homeOf()).panels[0]?.share;
  };
  expect([shareAt(250, 1000), shareAt(-250, 1000), shareAt(250, null)]).toEqual([0.25, null, null]);
});

test("in a home of several panels a circuit says which is its own", () => {
  const named = (deviceGid: number, deviceName: string): Device => ({
    deviceGid,
    locationProperties: { deviceName },
  });
  const of = (deviceGid: number) => [
    channel("1,2,3", 5, { deviceGid }),
    channel("Balance", 5, { deviceGid, name: "Balance" }),
  ];
  const { rows, panels } = readingOf(
    homeOf(named(1, "House"), named(2, "Barn"), named(3, "Plug")),
    { deviceGid: 1, channelUsages: of(1) },
    { deviceGid: 2, channelUsages: of(2) },
    { deviceGid: 3, channelUsages: [channel("1,2,3", 1, { deviceGid: 3 })] },
  );

  expect(rows.map(({ panel, detail }) => [panel, detail])).toEqual([
    ["House", "what no circuit measures"],
    ["Barn", "what no circuit measures"],
    [null, ""],
  ]);
  expect(panels.map(({ name, watts, rows: own }) => [name, watts, own.length])).toEqual([
    ["Barn", 5, 1],
    ["House", 5, 1],
  ]);
});

test("a device that is offline says so, in Emporia's words or in none", () => {
  const home = homeOf(
    { deviceGid: 2, deviceConnected: OFFLINE },
    { deviceGid: 3, deviceConnected: { connected: false } },
    { deviceGid: 4, deviceConnected: { connected: true } },
    { deviceGid: 5 },
  );
  const { rows } = readingOf(
    home,
    ...[2, 3, 4, 5].map((deviceGid) => ({
      deviceGid,
      channelUsages: [channel("1,2,3", null, { deviceGid })],
    })),
  );

  expect(rows.map(({ offline }) => offline)).toEqual([SINCE, "", null, null]);
});

test("a device that has figures again is not called offline any more", () => {
  const home = homeOf({ deviceGid: 1, deviceConnected: OFFLINE });
  expect(readingOf(home, panel(channel("1,2,3", 0))).rows[0]?.offline).toBeNull();
});

test("a panel has no row of its own: where it is offline, its circuits say so", () => {
  const home = homeOf({ deviceGid: 1, deviceConnected: OFFLINE });
  const { rows } = readingOf(home, panel(channel("1,2,3", null), channel("1", null)));
  expect(rows.map(({ offline }) => offline)).toEqual([SINCE]);
});

test("a nested panel that is offline says it once, and not with each circuit", () => {
  const home = homeOf({ deviceGid: 1 }, { deviceGid: 2, deviceConnected: OFFLINE });
  const nested = {
    deviceGid: 2,
    channelUsages: [channel("1,2,3", null, { deviceGid: 2 }), channel("1", null, { deviceGid: 2 })],
  };
  const reading = readingOf(
    home,
    panel(channel("1,2,3", 5), channel("1", 5, { nestedDevices: [nested] })),
  );

  expect([...walkRows(reading.rows)].map(({ offline }) => offline)).toEqual([null, SINCE, null]);
});
