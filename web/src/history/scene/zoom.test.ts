import { expect, test } from "vitest";
import { presetSpan } from "../presets.ts";
import type { Span } from "../span.ts";
import { canGoLater, canZoomIn, canZoomOut, zoomedIn, zoomedOut, zoomedTo } from "./zoom.ts";

const location = { timeZone: "America/New_York", billingDay: 5 };
const now = Date.parse("2026-11-25T00:43:53Z");
const here = { now, location };

function text({ start, end, step }: Span): string[] {
  return [...[start, end].map((edge) => new Date(edge).toISOString().slice(0, 19)), step];
}

test("the selected part is taken as it is", () => {
  const part = { start: Date.parse("2026-11-24T10:00Z"), end: Date.parse("2026-11-24T12:00Z") };
  expect(zoomedTo(part, here)).toEqual({ ...part, step: "clock" });
});

test("a part that is too short is widened around its middle", () => {
  const part = { start: Date.parse("2026-11-20T10:00Z"), end: Date.parse("2026-11-20T10:01Z") };
  expect(text(zoomedTo(part, here))).toEqual([
    "2026-11-20T09:58:30",
    "2026-11-20T10:02:30",
    "clock",
  ]);
});

test("closer is half of it, around the given instant, in whole buckets", () => {
  const today = presetSpan("today", now, location);
  const noon = Date.parse("2026-11-24T17:07Z");
  expect(text(zoomedIn(today, noon, here))).toEqual([
    "2026-11-24T11:00:00",
    "2026-11-24T23:15:00",
    "clock",
  ]);
});

test("closer at the edge stays within what was looked at", () => {
  const today = presetSpan("today", now, location);
  expect(text(zoomedIn(today, today.end, here))).toEqual([
    "2026-11-24T17:00:00",
    "2026-11-25T05:00:00",
    "clock",
  ]);
});

test("farther is twice as much, and never beyond today", () => {
  const week = presetSpan("last-7-days", now, location);
  expect(text(zoomedOut(week, here))).toEqual([
    "2026-11-11T05:00:00",
    "2026-11-25T05:00:00",
    "days",
  ]);
});

test("farther in the past keeps the middle", () => {
  const hour = { start: Date.parse("2026-11-20T10:00Z"), end: Date.parse("2026-11-20T11:00Z") };
  expect(text(zoomedOut({ ...hour, step: "clock" }, here))).toEqual([
    "2026-11-20T09:30:00",
    "2026-11-20T11:30:00",
    "clock",
  ]);
});

test("both directions end somewhere", () => {
  const minute = { start: now - 60_000, end: now, step: "clock" as const };
  const decades = { start: now - 20 * 366 * 86_400_000, end: now, step: "clock" as const };
  expect([canZoomIn(minute, now), canZoomOut(minute)]).toEqual([false, true]);
  expect([canZoomIn(decades, now), canZoomOut(decades)]).toEqual([true, false]);
});

test("there is nothing later than today", () => {
  expect(canGoLater(presetSpan("today", now, location), here)).toBe(false);
  expect(canGoLater(presetSpan("yesterday", now, location), here)).toBe(true);
});
