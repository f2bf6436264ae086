import { expect, test } from "vitest";
import { type Preset, presetSpan, presetsAt } from "./presets.ts";

const NEW_YORK = { timeZone: "America/New_York", billingDay: 5 };
const NOW = Date.parse("2026-11-25T00:43:53Z");

function preset(name: Preset, now = NOW, location = NEW_YORK): string[] {
  const { start, end, step } = presetSpan(name, now, location);
  return [...[start, end].map((edge) => new Date(edge).toISOString().slice(0, 16)), step];
}

test.each<[Preset, string, string, string]>([
  ["last-hour", "2026-11-24T23:44", "2026-11-25T00:44", "clock"],
  ["today", "2026-11-24T05:00", "2026-11-25T05:00", "days"],
  ["yesterday", "2026-11-23T05:00", "2026-11-24T05:00", "days"],
  ["last-7-days", "2026-11-18T05:00", "2026-11-25T05:00", "days"],
  ["last-30-days", "2026-10-26T04:00", "2026-11-25T05:00", "days"],
  ["billing-month", "2026-11-05T05:00", "2026-12-05T05:00", "months"],
  ["calendar-month", "2026-11-01T04:00", "2026-12-01T05:00", "months"],
  ["this-year", "2026-01-01T05:00", "2027-01-01T05:00", "months"],
])("%s follows the home's calendar", (name, start, end, step) => {
  expect(preset(name)).toEqual([start, end, step]);
});

test("today has 25 hours when the clock goes back", () => {
  const berlin = { timeZone: "Europe/Berlin", billingDay: 1 };
  const sunday = Date.parse("2026-10-25T12:00:00Z");
  expect(preset("today", sunday, berlin)).toEqual(["2026-10-24T22:00", "2026-10-25T23:00", "days"]);
});

test("a bill that begins on the first is not offered beside the month", () => {
  const names = (billingDay: number) =>
    presetsAt({ ...NEW_YORK, billingDay }).map(([name]) => name);
  expect(names(1)).not.toContain("billing-month");
  expect(names(5)).toContain("billing-month");
});
