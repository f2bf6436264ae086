import { expect, test } from "vitest";
import { type Home, type HomeDevice, readHome } from "../../home/model.ts";
import { fileNameOf } from "../figures/files.ts";
import { keyOf, type Load } from "../loader.ts";
import { readingText, selectionText } from "../reading.ts";
import { gapsOf, loadStateOf, type Plan, planOf, sceneOf, wantedOf } from "./scene.ts";
import { sceneCaption, sceneCsv } from "./scene-files.ts";
import { firstSelection, type Selection, toggled } from "./selection.ts";

const HOUR = 3_600_000;
const NOW = Date.parse("2026-11-25T03:30:00Z");
const START = Date.parse("2026-11-25T00:00:00Z");

function someHome(): Home {
  const channels = ["1,2,3", "1", "2"].map((channelNum) => ({
    deviceGid: 1,
    channelNum,
    name: `Circuit ${channelNum}`,
  }));
  const locationProperties = { deviceName: "Mein Haus", timeZone: "UTC" };
  const devices = [{ deviceGid: 1, locationProperties, channels }];
  return readHome({ customerGid: 1, email: "home@example.com", devices });
}

function firstOf({ roots: [device] }: Home): HomeDevice {
  if (!device) throw new Error("no device");
  return device;
}

const home = someHome();
const device = firstOf(home);
const span = { start: START, end: START + 5 * HOUR, step: "clock" as const };
const selection: Selection = { ...firstSelection(device, NOW), span, scale: "1H" };
const both = toggled(selection, "1/1");

function loaded(...usageList: (number | null)[]): Load {
  return { kind: "loaded", answer: { usage: answerOf(START, usageList), asOf: NOW } };
}

function answerOf(start: number, usageList: readonly (number | null)[]) {
  return { firstUsageInstant: new Date(start).toISOString(), usageList };
}

/** One load for each that is wanted, in its order. */
function loadsFor(plan: Plan, ...loads: Load[]): ReadonlyMap<string, Load> {
  const keys = wantedOf(plan).map(keyOf);
  return new Map(loads.map((load, index) => [keys[index] ?? "", load]));
}

test("what is compared is asked for after all of what is shown", () => {
  const wanted = wantedOf(planOf({ ...both, compares: true }, home));
  expect(wanted.map(({ channel, stretch }) => [channel, stretch.start])).toEqual([
    ["1,2,3", START],
    ["1", START],
    ["1,2,3", START - 5 * HOUR],
    ["1", START - 5 * HOUR],
  ]);
});

test("watts are asked for as energy, cost as dollars", () => {
  const unitOf = (measure: "watts" | "cost") =>
    planOf({ ...selection, measure }, home).series[0]?.wanted[0]?.energyUnit;
  expect([unitOf("watts"), unitOf("cost")]).toEqual(["KilowattHours", "Dollars"]);
});

test("what is there is shown beside what is not", () => {
  const plan = planOf(both, home);
  const failed: Load = { kind: "failed", answer: null, sentence: "Too late.", pausedUntil: NOW };
  const loads = loadsFor(plan, loaded(1, 2), failed);
  expect(sceneOf(plan, loads).lines.map(({ choice }) => choice.label)).toEqual(["Mains"]);
  expect(loadStateOf(plan, loads)).toEqual({
    waiting: 0,
    all: 2,
    failures: [{ sentence: "Too late.", labels: ["Circuit 1"] }],
    pausedUntil: NOW,
    asOf: NOW,
  });
});

test("before anything is there, the buckets are", () => {
  const plan = planOf(selection, home);
  expect(sceneOf(plan, new Map()).frame.buckets).toHaveLength(5);
  expect(loadStateOf(plan, new Map())).toMatchObject({ waiting: 1, all: 1, asOf: null });
});

test("a gap is where no series knows what should be known", () => {
  const plan = planOf(both, home);
  const scene = sceneOf(plan, loadsFor(plan, loaded(1, null, null, 1), loaded(null, null, 2, 1)));
  expect(gapsOf(scene)).toEqual([{ start: START + HOUR, end: START + 2 * HOUR }]);
});

test("the period before stands beside the same buckets, and changes with them", () => {
  const plan = planOf({ ...selection, compares: true }, home);
  const before: Load = {
    kind: "loaded",
    answer: { usage: answerOf(START - 5 * HOUR, [4, 3, 2, 1, 0]), asOf: NOW },
  };
  const [line] = sceneOf(plan, loadsFor(plan, loaded(2, 3, 4, 0.5), before)).lines;
  expect(line?.before?.values).toEqual([4, 3, 2, 1, 0]);
  expect(line?.before?.change).toMatchObject({ before: 9, difference: 0, isPartial: true });
});

test("a bucket is read with what each series has, or why it has nothing", () => {
  const plan = planOf(selection, home);
  const scene = sceneOf(plan, loadsFor(plan, loaded(null, 1, 1, null)));
  expect(readingText(scene, 0)).toMatch(/; Mains: no data$/);
  expect(readingText(scene, 3)).toMatch(/, so far; Mains: not known yet$/);
  expect(readingText(scene, 4)).toMatch(/; Mains: yet to come$/);
});

test("what is selected is summed up", () => {
  const plan = planOf(selection, home);
  const scene = sceneOf(plan, loadsFor(plan, loaded(1, 20, 3, 4)));
  expect(selectionText(scene, { from: 1, to: 2 })).toMatch(/; Mains: 23\D00 kWh; Enter zooms in$/);
});

test("a file has a line for each bucket that has begun, the period before in its own columns", () => {
  const plan = planOf({ ...selection, compares: true }, home);
  const before: Load = {
    kind: "loaded",
    answer: { usage: answerOf(START - 5 * HOUR, [4, null, 2, 1, 0]), asOf: NOW },
  };
  const lines = sceneCsv(sceneOf(plan, loadsFor(plan, loaded(1, null, 3, 0.5), before))).split(
    "\r\n",
  );
  expect(lines).toEqual([
    'Start (local),Start (UTC),Mains (kWh),"Mains, period before (kWh)"',
    "2026-11-25T00:00:00+00:00,2026-11-25T00:00:00Z,1,4",
    "2026-11-25T01:00:00+00:00,2026-11-25T01:00:00Z,,",
    "2026-11-25T02:00:00+00:00,2026-11-25T02:00:00Z,3,2",
    "2026-11-25T03:00:00+00:00,2026-11-25T03:00:00Z,0.5,1",
    "",
  ]);
});

test("an image tells what of it is not known", () => {
  const plan = planOf(selection, home);
  const scene = sceneOf(plan, loadsFor(plan, loaded(1, null, 3)));
  expect(sceneCaption(scene, "Haus").legend.map(({ label }) => label)).toEqual([
    "Mains",
    "No data: Mains 1 of 5",
  ]);
});

test("a file is named after what is in it", () => {
  const plan = planOf({ ...selection, span: { ...span, start: START + HOUR } }, home);
  expect(fileNameOf(device.name, plan, "csv")).toBe(
    "mein-haus-2026-11-25T0100-to-2026-11-25T0500-1h.csv",
  );
  expect(fileNameOf("☀", planOf(firstSelection(device, NOW), home), "png")).toBe(
    "history-2026-11-25-to-2026-11-26-15min.png",
  );
});
