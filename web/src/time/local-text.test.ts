import { expect, test } from "vitest";
import { fieldValue, localIso, readField, utcIso } from "./local-text.ts";

test("a local time is written with the offset that held then", () => {
  const winter = Date.parse("2026-11-25T00:43:53Z");
  const summer = Date.parse("2026-06-30T18:15:00Z");
  expect(localIso(winter, "America/New_York")).toBe("2026-11-24T19:43:53-05:00");
  expect(localIso(summer, "Asia/Kathmandu")).toBe("2026-07-01T00:00:00+05:45");
  expect(localIso(winter, "UTC")).toBe("2026-11-25T00:43:53+00:00");
});

test("the hour that comes twice is told apart by its offset", () => {
  const first = Date.parse("2026-10-25T00:30:00Z");
  const second = Date.parse("2026-10-25T01:30:00Z");
  expect(localIso(first, "Europe/Berlin")).toBe("2026-10-25T02:30:00+02:00");
  expect(localIso(second, "Europe/Berlin")).toBe("2026-10-25T02:30:00+01:00");
});

test("an instant in UTC has no fraction", () => {
  expect(utcIso(Date.parse("2026-11-25T00:43:53Z"))).toBe("2026-11-25T00:43:53Z");
});

test("a field's value names the instant that it was made from", () => {
  const instant = Date.parse("2026-11-25T00:43:00Z");
  expect(fieldValue(instant, "America/New_York")).toBe("2026-11-24T19:43");
  expect(readField("2026-11-24T19:43", "America/New_York")).toBe(instant);
});

test("an empty field names no instant", () => {
  expect(readField("", "Europe/Berlin")).toBeNull();
});
