import { expect, test } from "vitest";
import type { Device, LiveFlows } from "../api/wire.ts";
import { homeUsing } from "../fakes/frame.ts";
import { readHome } from "./model.ts";
import { powerOf } from "./power.ts";
import { waysOf } from "./power-flow.ts";
import type { Row } from "./readings.ts";

const NOON: LiveFlows = {
  importWatts: 0,
  exportWatts: 1_600,
  generationWatts: 5_000,
  selfUseWatts: 3_400,
  batteryInWatts: 2_600,
  batteryOutWatts: 0,
  consumptionWatts: 800,
};
const NOTHING: LiveFlows = {
  importWatts: null,
  exportWatts: null,
  generationWatts: null,
  selfUseWatts: null,
  batteryInWatts: null,
  batteryOutWatts: null,
  consumptionWatts: null,
};
const BOTH = { hasSolar: true, hasBattery: true };

function homeOf(...devices: Device[]) {
  return readHome({ customerGid: 1, email: "home@example.com", devices });
}

const CHARGER: Device = {
  deviceGid: 2,
  parentDeviceGid: 1,
  parentChannelNum: "3",
  evCharger: { message: null },
};

function rowOf(key: string, watts: number | null): Row {
  return {
    ...{ key, gid: 2, channel: "1,2,3", name: "Car", panel: null, detail: "", watts },
    ...{ togetherWatts: watts, share: null, offline: null, children: [] },
  };
}

function told(flows: LiveFlows, rows: readonly Row[] = [], home = homeOf({ deviceGid: 1 })) {
  return waysOf(powerOf(homeUsing(800, { ...BOTH, flows })), home, rows)?.map(
    ({ place, watts, direction, sentence }) => [place, watts, direction, sentence],
  );
}

test("at noon the sun gives, and the grid, the battery and the home take", () => {
  expect(told(NOON)).toEqual([
    ["grid", 1_600, "out", "To the grid: 1,600 W."],
    ["sun", 5_000, "in", "From the sun: 5,000 W, 3,400 W of it used here."],
    ["battery", 2_600, "out", "Into the battery: 2,600 W."],
    ["home", 800, "out", "The home uses 800 W."],
  ]);
});

test("what nobody knows is no zero, and nothing moves there", () => {
  expect(told(NOTHING)).toEqual([
    ["grid", null, null, "From the grid: unknown (–)."],
    ["sun", null, null, "From the sun: unknown (–)."],
    ["battery", null, null, "From the battery: unknown (–)."],
    ["home", null, null, "The home uses unknown (–)."],
  ]);
});

test("a car that charges is drawn beside the home, and is unknown without a figure", () => {
  const home = homeOf({ deviceGid: 1 }, CHARGER);
  const last = (rows: readonly Row[]) => told(NOON, rows, home)?.at(-1);
  expect(last([rowOf("2/1,2,3", 7_200)])).toEqual([
    ...["car", 7_200, "out"],
    "The car takes 7,200 W of what the home uses.",
  ]);
  expect(last([])?.slice(0, 3)).toEqual(["car", null, null]);
  expect(last([rowOf("2/1,2,3", 0)])?.slice(0, 3)).toEqual(["car", 0, null]);
});

test("a home that has the grid alone has no picture", () => {
  expect(waysOf(powerOf(homeUsing(800)), homeOf({ deviceGid: 1 }), [])).toBeNull();
});

test("where a gateway tells no flows, they follow from the signs", () => {
  const power = powerOf(homeUsing(800, { ...BOTH, gridWatts: -1_600, batteryWatts: -2_600 }));
  expect(power.flows).toMatchObject({ importWatts: 0, exportWatts: 1_600, batteryInWatts: 2_600 });
});
