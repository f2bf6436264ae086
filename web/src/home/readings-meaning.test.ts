import { expect, test } from "vitest";
import type { ChannelUsage, Device, DeviceUsage } from "../api/wire.ts";
import { channel, frameAt } from "../fakes/frame.ts";
import { type Home, readHome } from "./model.ts";
import { type Reading, type Row, read, walkRows } from "./readings.ts";

const SINCE = "since Apr 2, 2026, 5:06 PM";
const OFFLINE = { connected: false, offlineSince: SINCE };

function homeOf(...devices: Device[]): Home {
  return readHome({ customerGid: 1, email: "home@example.com", devices });
}

/** A solar circuit 1, a merged one of two legs at 97, and an oven at 2. */
const SUNNY = homeOf({
  deviceGid: 1,
  channels: [
    { deviceGid: 1, channelNum: "1", name: "East", channelTypeGid: 13, parentChannelNum: "97" },
    { deviceGid: 1, channelNum: "3", name: "West", channelTypeGid: 13, parentChannelNum: "97" },
    { deviceGid: 1, channelNum: "97", name: "Roof", channelTypeGid: 13 },
    { deviceGid: 1, channelNum: "2", name: "Oven" },
  ],
});

function readingOf(home: Home, ...devices: DeviceUsage[]): Reading {
  return read(frameAt(0, { devices }).data.deviceListUsages, home);
}

function panel(...channelUsages: ChannelUsage[]): DeviceUsage {
  return { deviceGid: 1, channelUsages };
}

function sunny(mains: number | null, roof: number | null, oven: number | null = null): Reading {
  const half = roof === null ? null : roof / 2;
  return readingOf(
    SUNNY,
    panel(
      channel("1,2,3", mains),
      channel("1", half),
      channel("3", half),
      channel("97", roof),
      channel("2", oven),
    ),
  );
}

function byName(reading: Reading): Record<string, Row> {
  return Object.fromEntries([...walkRows(reading.rows)].map((row) => [row.name, row]));
}

test("what the sun gives is counted once, though its legs are measured too", () => {
  expect(sunny(-1_000, -3_000)).toMatchObject({
    homeWatts: -1_000,
    solarWatts: 3_000,
    usedWatts: 2_000,
  });
});

test("a solar circuit that draws a little at night gives nothing, and no minus zero", () => {
  expect(sunny(500, 6)).toMatchObject({ solarWatts: 0, usedWatts: 500 });
  expect(sunny(500, 0).solarWatts).toBe(0);
});

test("a sun that is unknown, as one that is not there, is no zero", () => {
  expect(sunny(500, null)).toMatchObject({ solarWatts: null, usedWatts: 500 });
  expect(readingOf(homeOf(), panel(channel("1,2,3", 5), channel("1", 5))).solarWatts).toBeNull();
});

test("where the home is unknown, so is what it uses", () => {
  expect(sunny(null, -3_000)).toMatchObject({
    homeWatts: null,
    solarWatts: 3_000,
    usedWatts: null,
  });
});

test("a solar circuit of a nested panel gives too", () => {
  const home = homeOf(
    { deviceGid: 1 },
    {
      deviceGid: 2,
      parentDeviceGid: 1,
      channels: [{ deviceGid: 2, channelNum: "1", name: "Barn roof", channelTypeGid: 13 }],
    },
  );
  const barn = {
    deviceGid: 2,
    channelUsages: [channel("1,2,3", -400, { deviceGid: 2 }), channel("1", -400, { deviceGid: 2 })],
  };
  const usage = panel(channel("1,2,3", 100), channel("1", 0, { nestedDevices: [barn] }));

  expect(readingOf(home, usage)).toMatchObject({ solarWatts: 400, usedWatts: 500 });
});

test("shares are of what the home uses, from the grid and from the sun", () => {
  const rows = byName(sunny(-1_000, -3_000, 500));
  expect(rows.Oven?.share).toBe(0.25);
  expect(rows.Roof?.share).toBeNull();
});

test.each<[string, number | null]>([
  ["unknown", null],
  ["nothing", 0],
  ["less than nothing, as a clamp is the wrong way round", -5],
])("where what is used is %s, nobody has a share", (_, mains) => {
  const { rows } = readingOf(homeOf(), panel(channel("1,2,3", mains), channel("1", 5)));
  expect(rows[0]?.share).toBeNull();
});

test("who draws nothing has no part, and who is unknown has no share", () => {
  const reading = readingOf(
    homeOf(),
    panel(channel("1,2,3", 100), channel("1", 0), channel("2", null)),
  );
  expect(reading.rows.map(({ share }) => share)).toEqual([0, null]);
});

test("watts that are not told, as before the subscription, are unknown", () => {
  const untold = { deviceGid: 1, channelNum: "1,2,3", usage: 0.1 };
  expect(readingOf(homeOf(), panel(untold)).homeWatts).toBeNull();
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
