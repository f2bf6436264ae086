import { expect, test } from "vitest";
import {
  ageText,
  countText,
  coverageText,
  kwhText,
  powerText,
  priceText,
  shareText,
  timeOfDay,
  wattsText,
} from "./format.ts";

/** A number as English writes it. */
function local(number: number, digits = 0): string {
  return number.toLocaleString("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

test("an unknown is a dash, and never a zero", () => {
  expect(wattsText(null)).toBe("–");
  expect(kwhText(null)).toBe("–");
  expect(kwhText(undefined)).toBe("–");
  expect(shareText(null)).toBe("–");
});

test("a zero is a zero, also one that comes from below", () => {
  expect([0, -0, 0.4, -0.4].map(wattsText)).toEqual(["0", "0", "0", "0"]);
  expect([0, -0, 0.004, -0.004].map(kwhText)).toEqual(Array(4).fill(local(0, 2)));
  expect([0, -0, -0.4].map(powerText)).toEqual(["0 W", "0 W", "0 W"]);
});

test("numbers are written as English writes them, whatever the reader's language", () => {
  expect(wattsText(1_234.5)).toBe(local(1_235));
  expect(wattsText(-1_234.4)).toBe(local(-1_234));
  expect(kwhText(1_234.567)).toBe(local(1_234.567, 2));
  expect(kwhText(-0.5)).toBe(local(-0.5, 2));
  expect(countText(86_400)).toBe(local(86_400));
  expect(priceText(30.5)).toBe(local(30.5, 1));
});

test("a share is told in whole per cent", () => {
  expect(shareText(0.256)).toBe((0.256).toLocaleString("en-US", { style: "percent" }));
  expect(shareText(0)).toBe((0).toLocaleString("en-US", { style: "percent" }));
});

test("on an axis a power is in kW from ten of them on, whichever way it goes", () => {
  expect(powerText(9_999)).toBe(`${local(9_999)} W`);
  expect(powerText(-9_999)).toBe(`${local(-9_999)} W`);
  expect(powerText(10_000)).toBe("10 kW");
  expect(powerText(-12_500)).toBe(`${local(-12.5, 1)} kW`);
});

test.each([
  [-5_000, "0 s"],
  [0, "0 s"],
  [1_499, "1 s"],
  [89_499, "89 s"],
  [89_500, "2 min"],
  [89 * 60_000, "89 min"],
  [90 * 60_000, "2 h"],
  [50 * 3_600_000, "50 h"],
])("an age of %i ms is told as %s", (milliseconds, text) => {
  expect(ageText(milliseconds)).toBe(text);
});

test("a time of day is the home's, to the second", () => {
  const instant = Date.parse("2026-03-01T12:04:05Z");
  const digits = (zone: string) => timeOfDay(zone)(instant).match(/\d+/g)?.map(Number);
  expect(digits("UTC")).toEqual([12, 4, 5]);
  expect(digits("Asia/Kathmandu")?.slice(1)).toEqual([49, 5]);
});

test.each([
  [1, "100%"],
  [0.9996, "99.9%"],
  [0.5, "50%"],
  [0, "0%"],
  [null, "–"],
])("a coverage of %j is %s", (part, text) => {
  expect(coverageText(part)).toBe(text);
});
