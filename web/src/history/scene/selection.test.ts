import { expect, test } from "vitest";
import { type HomeDevice, readHome } from "../../home/model.ts";
import {
  firstSelection,
  keptUp,
  lookedAt,
  lookedCloser,
  renewed,
  resumed,
  scaleOf,
  toggled,
  wentBack,
  withDevice,
} from "./selection.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.parse("2026-11-25T12:00:00Z");
const CIRCUITS = Array.from({ length: 12 }, (_, index) => `${index + 1}`);

function device(deviceGid: number, circuits: readonly string[]) {
  return {
    deviceGid,
    locationProperties: { timeZone: "UTC" },
    channels: circuits.map((channelNum) => ({ deviceGid, channelNum, name: channelNum })),
  };
}

function homeOf(...devices: ReturnType<typeof device>[]) {
  return readHome({ customerGid: 1, email: "home@example.com", devices });
}

const home = homeOf(device(1, CIRCUITS), device(2, []));
const panel = deviceOf(1);
const plug = deviceOf(2);
const first = firstSelection(panel, NOW);

function deviceOf(gid: number): HomeDevice {
  const found = home.byGid.get(gid);
  if (!found) throw new Error(`no device ${gid}`);
  return found;
}

function span(start: number, end: number) {
  return { start, end, step: "clock" as const };
}

test("at first one sees the mains of today", () => {
  expect(first).toMatchObject({ preset: "today", chosen: [{ key: "1/1,2,3", slot: 0 }] });
  expect(scaleOf(first)).toBe("15MIN");
});

test("a series keeps its mark while others come and go, and a free mark is taken first", () => {
  const three = toggled(toggled(first, "1/1"), "1/2");
  const without = toggled(three, "1/1");
  expect(toggled(without, "1/3").chosen).toEqual([
    { key: "1/1,2,3", slot: 0 },
    { key: "1/2", slot: 2 },
    { key: "1/3", slot: 1 },
  ]);
});

test("there are no more series than marks", () => {
  const full = CIRCUITS.reduce((selection, circuit) => toggled(selection, `1/${circuit}`), first);
  expect(full.chosen).toHaveLength(10);
});

test("the way back leads through the ranges that were left", () => {
  const closer = lookedCloser(first, span(NOW - 2 * HOUR, NOW - HOUR), NOW);
  const earlier = lookedAt(closer, { preset: null, span: span(0, HOUR), scale: "1H" }, NOW);
  const back = wentBack(earlier, panel, NOW);
  expect(back).toMatchObject({ span: closer.span, scale: closer.scale });
  expect(wentBack(back, panel, NOW)).toEqual(first);
  expect(wentBack(first, panel, NOW)).toBe(first);
});

test("a range by name that is come back to is as of now", () => {
  const left = lookedAt(first, { preset: null, span: span(0, HOUR), scale: null }, NOW);
  const back = wentBack(left, panel, NOW + DAY);
  expect(back.span.start).toBe(first.span.start + DAY);
});

test("a part is seen in a finer scale, whatever scale was chosen for the whole", () => {
  const month = { preset: null, span: span(NOW - 30 * DAY, NOW), scale: "1D" as const };
  const part = lookedCloser(lookedAt(first, month, NOW), span(NOW - 25 * DAY, NOW), NOW);
  expect(scaleOf(part)).toBe("1H");
  const hours = lookedCloser(part, span(NOW - 6 * HOUR, NOW), NOW);
  expect([hours.scale, scaleOf(hours)]).toEqual([null, "1MIN"]);
});

test("a scale that makes no sense for the range gives way to the automatic one", () => {
  const year = { preset: null, span: span(NOW - 365 * DAY, NOW), scale: "1MIN" as const };
  expect(scaleOf(lookedAt(first, year, NOW))).toBe("1D");
});

test("another device begins with its mains, in the same range", () => {
  const week = lookedAt(first, { preset: "last-7-days", span: first.span, scale: "1H" }, NOW);
  expect(withDevice(toggled(week, "1/3"), plug, NOW)).toMatchObject({
    gid: 2,
    chosen: [{ key: "2/1,2,3", slot: 0 }],
    preset: "last-7-days",
    scale: "1H",
  });
});

test("today becomes tomorrow", () => {
  expect(renewed(first, panel, NOW + DAY).span.start).toBe(first.span.start + DAY);
});

test("today that is left open is the same object until the home's midnight, then the new day", () => {
  expect(keptUp(first, panel, NOW + 11 * HOUR)).toBe(first);
  expect(keptUp(first, panel, NOW + 12 * HOUR)).toMatchObject({
    preset: "today",
    span: { start: first.span.end, end: first.span.end + DAY },
    past: [],
    now: NOW + 12 * HOUR,
  });
});

test("the last hour that is left open is never older than some minutes", () => {
  const sight = { preset: "last-hour" as const, span: span(0, 0), scale: null };
  const hour = renewed(lookedAt(first, sight, NOW), panel, NOW);
  expect(keptUp(hour, panel, NOW + 4 * MINUTE)).toBe(hour);
  expect(keptUp(hour, panel, NOW + 5 * MINUTE).span.end).toBe(hour.span.end + 5 * MINUTE);
});

test("a range that somebody chose or zoomed to stays, however long it is left open", () => {
  const part = lookedCloser(first, span(NOW - 2 * HOUR, NOW - HOUR), NOW);
  expect(keptUp(part, panel, NOW + 3 * DAY)).toBe(part);
});

test("what the home no longer has is left out when one comes back", () => {
  const chosen = toggled(first, "1/12");
  const smaller = homeOf(device(1, ["1"]));
  expect(resumed(chosen, smaller, NOW)?.chosen).toEqual([{ key: "1/1,2,3", slot: 0 }]);
  expect(resumed(chosen, homeOf(device(2, [])), NOW)).toBeNull();
});
