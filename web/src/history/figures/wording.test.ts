import { expect, test } from "vitest";
import type { Scale } from "../../api/wire.ts";
import { bucketText, scaleText, stretchText } from "./wording.ts";

const NEW_YORK = { timeZone: "America/New_York", billingDay: 5 };

function bucket(scale: Scale, start: string, end: string): string {
  const text = bucketText(
    { start: Date.parse(start), end: Date.parse(end) },
    { scale, timeZone: NEW_YORK.timeZone },
  );
  return plain(text);
}

function stretch(start: string, end: string): string {
  return plain(stretchText({ start: Date.parse(start), end: Date.parse(end) }, NEW_YORK));
}

/** Browsers differ in their kinds of space. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}

test.each<[Scale, string, string, string]>([
  ["1S", "2026-11-24T15:15:30Z", "2026-11-24T15:15:31Z", "Tue, Nov 24, 10:15:30 AM"],
  ["15MIN", "2026-11-24T15:15Z", "2026-11-24T15:30Z", "Tue, Nov 24, 10:15 – 10:30 AM"],
  ["1D", "2026-11-24T05:00Z", "2026-11-25T05:00Z", "Tue, Nov 24, 2026"],
  ["1W", "2026-11-23T05:00Z", "2026-11-30T05:00Z", "Nov 23 – 29, 2026"],
  ["1MON", "2026-11-05T05:00Z", "2026-12-05T05:00Z", "Nov 5 – Dec 4, 2026"],
  ["1Y", "2026-01-01T05:00Z", "2027-01-01T05:00Z", "2026"],
])("a bucket of %s is told in the home's time", (scale, start, end, text) => {
  expect(bucket(scale, start, end)).toBe(text);
});

test("an hour that comes twice is told with its zone", () => {
  expect(bucket("1H", "2026-11-01T05:00Z", "2026-11-01T06:00Z")).toContain("EDT");
  expect(bucket("1H", "2026-11-01T06:00Z", "2026-11-01T07:00Z")).toContain("EST");
});

test("a range of whole days is told without times", () => {
  expect(stretch("2026-11-24T05:00Z", "2026-11-25T05:00Z")).toBe("Tuesday, November 24, 2026");
  expect(stretch("2026-11-18T05:00Z", "2026-11-25T05:00Z")).toBe("Nov 18 – 24, 2026");
});

test("any other range is told with its times", () => {
  expect(stretch("2026-11-24T15:00Z", "2026-11-24T17:00Z")).toBe(
    "Tue, Nov 24, 2026, 10:00 AM – 12:00 PM",
  );
});

test("a month that does not begin on the first is a bill", () => {
  expect(scaleText("1MON", NEW_YORK)).toBe("bill");
  expect(scaleText("1MON", { ...NEW_YORK, billingDay: 1 })).toBe("month");
});
