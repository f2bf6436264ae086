import { expect, test } from "vitest";
import type { Device } from "../api/wire.ts";
import { afterNoon, homeUsing } from "../fakes/frame.ts";
import { readHome } from "./model.ts";
import { isMoreThanGrid, powerOf, usedWattsOf, whyUnknown } from "./power.ts";

const BOTH = { hasSolar: true, hasBattery: true };
const NOON = { ...BOTH, gridWatts: -1_600, solarWatts: 5_000, batteryWatts: -2_600 };
const NIGHT = { ...BOTH, gridWatts: -1_810, solarWatts: 0, batteryWatts: 2_610 };

function homeOf(...devices: Device[]) {
  return readHome({ customerGid: 1, email: "home@example.com", devices });
}

function named(deviceGid: number, deviceName: string, others: Partial<Device> = {}): Device {
  return { deviceGid, locationProperties: { deviceName }, ...others };
}

test.each([
  ["a battery that charges at noon", NOON],
  ["a battery that sells at night", NIGHT],
])("with %s the home's figures are those that were told", (_, figures) => {
  const power = powerOf(homeUsing(800, figures));
  expect(power).toMatchObject({ watts: 800, ...figures, minute: null });
  expect(isMoreThanGrid(power)).toBe(true);
});

test("a home that has the grid alone uses what comes from there", () => {
  expect(isMoreThanGrid(powerOf(homeUsing(800)))).toBe(false);
  expect(isMoreThanGrid(powerOf(homeUsing(null)))).toBe(false);
  expect(isMoreThanGrid(powerOf(homeUsing(null, { gridWatts: -200 })))).toBe(true);
});

test("the newest minute stands in for a second that is unknown, and says so", () => {
  const newestMinute = {
    sampledAt: afterNoon(-60),
    watts: 600,
    gridWatts: 500,
    solarWatts: 100,
    batteryWatts: 0,
  };
  const power = powerOf(homeUsing(null, { hasSolar: true, newestMinute }));

  expect(power).toMatchObject({ watts: 600, gridWatts: 500, solarWatts: 100 });
  expect(power.minute).toBe(Date.parse(afterNoon(-60)));
  expect(whyUnknown(power, homeOf())).toBeNull();
});

test("a home is the same by its devices, from frame to frame", () => {
  const [one, same, other] = [
    powerOf(homeUsing(1, { deviceGids: [1, 2] })),
    powerOf(homeUsing(null, { deviceGids: [1, 2] })),
    powerOf(homeUsing(1, { deviceGids: [12] })),
  ];
  expect(one?.key).toBe(same?.key);
  expect(one?.key).not.toBe(other?.key);
});

test("the only home is everybody's, and of several a panel's is its own", () => {
  const house = powerOf(homeUsing(100));
  const cabin = powerOf(homeUsing(200, { deviceGids: [2] }));

  expect(usedWattsOf(9, [house])).toBe(100);
  expect([1, 2, 9].map((gid) => usedWattsOf(gid, [house, cabin]))).toEqual([100, 200, null]);
  expect(usedWattsOf(1, [])).toBeNull();
});

const OFFLINE = { connected: false, offlineSince: "since Apr 2, 2026, 5:06 PM" };

test.each<[string, Parameters<typeof homeUsing>[1], Device[], string]>([
  [
    "a panel is offline",
    { silentGids: [1, 2] },
    [named(1, "House"), named(2, "Barn", { deviceConnected: OFFLINE })],
    "Barn is offline since Apr 2, 2026, 5:06 PM",
  ],
  [
    "Emporia does not say since when",
    {},
    [named(1, "House", { deviceConnected: { connected: false } })],
    "House is offline",
  ],
  [
    "mains are silent",
    { silentGids: [1, 2] },
    [named(1, "House"), named(2, "Barn")],
    "no figure comes from the mains of House, Barn",
  ],
  ["a panel is a stranger", {}, [], "no figure comes from its mains"],
  [
    "the sun is not measured",
    { gridWatts: 5, solarWatts: null },
    [],
    "what the sun gives is not measured",
  ],
  [
    "the battery is not measured",
    { gridWatts: 5, batteryWatts: null },
    [],
    "what the battery gives or takes is not measured",
  ],
  ["it seems to give", { gridWatts: -5 }, [], "something gives power that no clamp sees"],
])("a home is unknown where %s, and the page says so", (_, told, devices, why) => {
  expect(whyUnknown(powerOf(homeUsing(null, told)), homeOf(...devices))).toBe(why);
});

test("a home that is known needs no reason", () => {
  expect(whyUnknown(powerOf(homeUsing(800, NIGHT)), homeOf())).toBeNull();
});
