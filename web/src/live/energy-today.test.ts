import { expect, test } from "vitest";
import type { DeviceListUsages } from "../api/wire.ts";
import { homeUsing } from "../fakes/frame.ts";
import { powerOf } from "../home/power.ts";
import type { Reading } from "../home/readings.ts";
import { EnergyToday } from "./energy-today.ts";

const ZONE = "America/New_York";
const KEY = "1/1";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOON = Date.parse("2026-03-01T12:00:00-05:00");
const MIDNIGHT = Date.parse("2026-03-02T00:00:00-05:00");

const HOME = powerOf(homeUsing(1_000));
const JOINED = { joins: true };
const APART = { joins: false };

/** The home draws these watts, all of it on one circuit. */
function reading(instant: number, watts: number | null): Reading {
  const place = { key: KEY, gid: 1, channel: "1", name: "Oven", panel: null, detail: "" };
  const figures = { watts, togetherWatts: watts, share: null, offline: null };
  return {
    instant,
    homes: [powerOf(homeUsing(watts))],
    panels: [],
    hasStrangers: false,
    rows: [{ ...place, ...figures, children: [] }],
  };
}

/** Emporia's answer: the mains and one circuit with another device on it. */
function answered(home: number | null, circuit: number | null, nested = 0): DeviceListUsages {
  const plug = {
    deviceGid: 2,
    channelUsages: [{ deviceGid: 2, channelNum: "1,2,3", usage: nested }],
  };
  return {
    instant: "2026-03-01T17:00:00Z",
    scale: "1D",
    energyUnit: "KilowattHours",
    devices: [
      {
        deviceGid: 1,
        channelUsages: [
          { deviceGid: 1, channelNum: "1,2,3", usage: home },
          { deviceGid: 1, channelNum: "1", usage: circuit, nestedDevices: [plug] },
        ],
      },
    ],
  };
}

/** Begun at an instant with these kWh, at 1,000 W. */
function begunAt(instant: number, kwh = 5): EnergyToday {
  const today = new EnergyToday(ZONE);
  today.add(reading(instant, 1_000), JOINED);
  today.asking(instant);
  today.answer(answered(kwh, kwh), instant);
  return today;
}

test("before Emporia has told nothing is known, and nothing is zero", () => {
  const today = new EnergyToday(ZONE);
  today.add(reading(NOON, 1_000), JOINED);
  today.add(reading(NOON + MINUTE, 1_000), JOINED);

  expect(today.fromGrid(HOME)).toBeNull();
  expect(today.of(KEY)).toBeNull();
});

test("what Emporia tells is there, down to the nested devices, and null is not zero", () => {
  const today = new EnergyToday(ZONE);
  today.add(reading(NOON, 1_000), JOINED);
  today.answer(answered(null, null, 0), NOON);

  expect(today.fromGrid(HOME)).toBeNull();
  expect(today.of(KEY)).toBeNull();
  expect(today.of("2/1,2,3")).toBe(0);
});

test("each answer is counted, as it changes figures without a sample", () => {
  const today = begunAt(NOON);
  today.add(reading(NOON + 1_000, 1_000), JOINED);
  expect(today.answers).toBe(1);
  today.answer(answered(6, 6), NOON + 1_000);
  expect(today.answers).toBe(2);
});

test("between two answers the watts of each sample are added up until the next", () => {
  const today = begunAt(NOON);
  today.add(reading(NOON + MINUTE, 4_000), JOINED);
  today.add(reading(NOON + 4 * MINUTE, 0), JOINED);

  expect(today.fromGrid(HOME)).toBeCloseTo(5 + 1 / 60 + 12 / 60, 9);
  expect(today.of(KEY)).toBeCloseTo(5 + 1 / 60 + 12 / 60, 9);
});

test("what is exported is taken off, and an unknown adds nothing", () => {
  const today = begunAt(NOON);
  today.add(reading(NOON, -6_000), JOINED);
  today.add(reading(NOON + MINUTE, null), JOINED);
  today.add(reading(NOON + 2 * MINUTE, null), JOINED);

  expect(today.fromGrid(HOME)).toBeCloseTo(4.9, 9);
});

test("a circuit that Emporia told nothing of stays unknown", () => {
  const today = new EnergyToday(ZONE);
  today.add(reading(NOON, 1_000), JOINED);
  today.answer(answered(5, null), NOON);
  today.add(reading(NOON + MINUTE, 1_000), JOINED);

  expect(today.of(KEY)).toBeNull();
  expect(today.fromGrid(HOME)).toBeGreaterThan(5);
});

test("Emporia is asked at first, and then once an hour", () => {
  const today = new EnergyToday(ZONE);
  expect(today.isDue(NOON)).toBe(true);
  today.asking(NOON);
  expect(today.isDue(NOON + HOUR - 1)).toBe(false);
  expect(today.isDue(NOON + HOUR)).toBe(true);
});

test("what could not be had is asked for again in five minutes", () => {
  const today = new EnergyToday(ZONE);
  today.asking(NOON);
  today.failed(NOON);
  expect(today.isDue(NOON + 5 * MINUTE - 1)).toBe(false);
  expect(today.isDue(NOON + 5 * MINUTE)).toBe(true);
});

test("what nobody saw is not made up: it is unknown until it has been asked for", () => {
  const today = begunAt(NOON);
  today.add(reading(NOON + MINUTE, 9_000), APART);

  expect(today.fromGrid(HOME)).toBeNull();
  expect(today.of(KEY)).toBeNull();
  expect(today.isDue(NOON + MINUTE - 1)).toBe(false);
  expect(today.isDue(NOON + MINUTE)).toBe(true);

  today.asking(NOON + MINUTE);
  today.answer(answered(5.04, 5.04), NOON + MINUTE);
  today.add(reading(NOON + 2 * MINUTE, 0), JOINED);
  expect(today.fromGrid(HOME)).toBeCloseTo(5.04 + 0.15, 9);
});

test("a hole of some seconds is as the sample after it", () => {
  const today = begunAt(NOON);
  today.add(reading(NOON + 15_000, 9_000), APART);

  expect(today.fromGrid(HOME)).toBeCloseTo(5 + (9 * 15) / 3_600, 9);
  expect(today.isDue(NOON + 59 * MINUTE)).toBe(false);
});

test("where samples are rare a step is as long as was announced, and Emporia is asked sooner", () => {
  const today = begunAt(NOON);
  today.add(reading(NOON + 14 * MINUTE, 1_000), JOINED);
  expect(today.fromGrid(HOME)).toBeCloseTo(5 + 14 / 60, 9);
  expect(today.isDue(NOON + 14 * MINUTE)).toBe(false);
  expect(today.isDue(NOON + 15 * MINUTE)).toBe(true);
});

test("an answer holds what was drawn until it was asked for, however old the sample was", () => {
  const today = new EnergyToday(ZONE);
  today.add(reading(NOON - 5 * MINUTE, 3_000), JOINED);
  today.asking(NOON);
  today.answer(answered(5, 5), NOON);
  today.add(reading(NOON + 1_000, 3_600), APART);
  today.add(reading(NOON + 2_000, 3_600), JOINED);

  expect(today.fromGrid(HOME)).toBeCloseTo(5.002, 9);
});

test("what comes while the answer is awaited is added to it", () => {
  const today = new EnergyToday(ZONE);
  today.add(reading(NOON, 3_600), JOINED);
  today.asking(NOON + 500);
  for (const second of [1, 2, 3]) {
    today.add(reading(NOON + second * 1_000, 3_600), JOINED);
  }
  today.answer(answered(5, 5), NOON + 500);

  expect(today.fromGrid(HOME)).toBeCloseTo(5.0025, 9);
});

test("a hole while the answer is awaited is not in it", () => {
  const today = new EnergyToday(ZONE);
  today.add(reading(NOON, 3_600), JOINED);
  today.asking(NOON);
  today.add(reading(NOON + 2 * MINUTE, 3_600), APART);
  today.answer(answered(5, 5), NOON);

  expect(today.fromGrid(HOME)).toBeNull();
  expect(today.isDue(NOON + 2 * MINUTE)).toBe(true);
});

test("a sample from before adds nothing, and neither does the way back", () => {
  const today = begunAt(NOON);
  today.add(reading(NOON - MINUTE, 1_000), JOINED);
  today.add(reading(NOON, 1_000), JOINED);
  expect(today.fromGrid(HOME)).toBe(5);

  today.add(reading(NOON - HOUR, 1_000), JOINED);
  expect(today.fromGrid(HOME)).toBeNull();
});

test("at the home's midnight a day begins at zero, with what was drawn since", () => {
  const today = begunAt(MIDNIGHT - MINUTE, 24);
  today.add(reading(MIDNIGHT - 1_000, 6_000), JOINED);
  expect(today.fromGrid(HOME)).toBeGreaterThan(24);
  today.add(reading(MIDNIGHT + MINUTE, 0), JOINED);

  expect(today.fromGrid(HOME)).toBeCloseTo(0.1, 9);
  expect(today.of(KEY)).toBeCloseTo(0.1, 9);
});

test("after midnight Emporia is left alone for half an hour: it still tells yesterday", () => {
  const today = begunAt(MIDNIGHT - 2 * HOUR);
  expect(today.isDue(MIDNIGHT - 1)).toBe(true);
  expect(today.isDue(MIDNIGHT)).toBe(false);
  expect(today.isDue(MIDNIGHT + 30 * MINUTE - 1)).toBe(false);
  expect(today.isDue(MIDNIGHT + 30 * MINUTE)).toBe(true);
});

test("an answer that comes after midnight to what was asked before is yesterday's", () => {
  const today = begunAt(MIDNIGHT - 2_000, 24);
  today.asking(MIDNIGHT - 2_000);
  today.add(reading(MIDNIGHT, 1_000), JOINED);
  today.answer(answered(24, 24), MIDNIGHT - 2_000);

  expect(today.fromGrid(HOME)).toBe(0);
});

test("a midnight that nobody saw pass makes the new day unknown", () => {
  const today = begunAt(MIDNIGHT - HOUR, 24);
  today.add(reading(MIDNIGHT + HOUR, 1_000), APART);

  expect(today.fromGrid(HOME)).toBeNull();
  expect(today.of(KEY)).toBeNull();
  expect(today.isDue(MIDNIGHT + HOUR)).toBe(true);
});

test.each([
  ["America/New_York", "2026-03-08T00:00:00-05:00", "2026-03-09T00:00:00-04:00"],
  ["America/New_York", "2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00"],
  ["America/Santiago", "2026-09-06T01:00:00-03:00", "2026-09-07T00:00:00-03:00"],
  ["Asia/Kathmandu", "2026-03-01T00:00:00+05:45", "2026-03-02T00:00:00+05:45"],
])("in %s the day that begins %s ends %s, whatever its length", (zone, from, until) => {
  const [start, end] = [Date.parse(from), Date.parse(until)];
  const rest = end - start - 2;
  const today = new EnergyToday(zone);
  today.add(reading(start + 1, 60_000), JOINED);
  today.answer(answered(7, 7), start + 1);
  today.add(reading(end - 1, 60_000), JOINED);
  expect(today.fromGrid(HOME)).toBeCloseTo(7 + (60 * rest) / HOUR, 6);
  today.add(reading(end, 60_000), JOINED);

  expect(today.fromGrid(HOME)).toBe(0);
});

test("of several panels a home's energy is their sum, and unknown where one is or has no clamp", () => {
  const both = powerOf(homeUsing(1_000, { deviceGids: [1, 2], gridGids: [1, 2] }));
  const kwhOf = (...mains: (number | null)[]) => {
    const today = new EnergyToday(ZONE);
    today.add({ ...reading(NOON, 1_000), homes: [both] }, JOINED);
    const devices = mains.map((usage, index) => ({
      deviceGid: index + 1,
      channelUsages: [{ deviceGid: index + 1, channelNum: "1,2,3", usage }],
    }));
    today.answer({ ...answered(0, 0), devices }, NOON);
    return today.fromGrid(both);
  };

  expect(kwhOf(2, 3)).toBe(5);
  expect(kwhOf(-2, 3)).toBe(1);
  expect(kwhOf(2, null)).toBeNull();
  expect(kwhOf(2, 0)).toBeNull();
  expect(kwhOf(2)).toBeNull();
});

test("a home's energy goes on by what comes from the grid, and falls while it exports", () => {
  const today = begunAt(NOON, 5);
  const exporting = powerOf(homeUsing(800, { gridWatts: -2_000, hasSolar: true }));
  today.add({ ...reading(NOON + MINUTE, 500), homes: [exporting] }, JOINED);
  const before = today.fromGrid(HOME) ?? 0;
  today.add(reading(NOON + 4 * MINUTE, 500), JOINED);

  expect((today.fromGrid(HOME) ?? 0) - before).toBeCloseTo(-0.1);
});

test("a panel that is its circuits goes on too", () => {
  const today = begunAt(NOON, 5);
  const panels = [{ gid: 1, name: "House", watts: 60_000, share: null, rows: [] }];
  today.add({ ...reading(NOON + MINUTE, 1_000), panels }, JOINED);
  const before = today.of("1/1,2,3") ?? 0;
  today.add(reading(NOON + 2 * MINUTE, 1_000), JOINED);

  expect(before).toBe(5);
  expect(today.of("1/1,2,3")).toBeCloseTo(6);
});
