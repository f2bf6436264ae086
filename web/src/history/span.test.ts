import { expect, test } from "vitest";
import { type Span, shifted, spanOf } from "./span.ts";

const NEW_YORK = { timeZone: "America/New_York", billingDay: 5 };
const BERLIN = { timeZone: "Europe/Berlin", billingDay: 31 };

function stretch(start: string, end: string) {
  return { start: Date.parse(start), end: Date.parse(end) };
}

function text({ start, end }: Span): string[] {
  return [start, end].map((edge) => new Date(edge).toISOString().slice(0, 16));
}

test("a stretch between midnights is days, between bills or firsts months, else clock time", () => {
  const days = stretch("2026-11-23T05:00Z", "2026-11-25T05:00Z");
  const bill = stretch("2026-10-05T04:00Z", "2026-11-05T05:00Z");
  const month = stretch("2026-11-01T04:00Z", "2026-12-01T05:00Z");
  const hours = stretch("2026-11-23T05:00Z", "2026-11-23T11:00Z");
  expect(spanOf(days, NEW_YORK).step).toBe("days");
  expect(spanOf(bill, NEW_YORK).step).toBe("months");
  expect(spanOf(month, NEW_YORK).step).toBe("months");
  expect(spanOf(hours, NEW_YORK).step).toBe("clock");
});

test("hours before are as many hours earlier, whatever the clock does", () => {
  const span = spanOf(stretch("2026-03-29T00:00Z", "2026-03-29T06:00Z"), BERLIN);
  expect(text(shifted(span, -1, BERLIN))).toEqual(["2026-03-28T18:00", "2026-03-29T00:00"]);
});

test("days before begin and end at midnight, across a change of the clock", () => {
  const week = spanOf(stretch("2026-03-28T23:00Z", "2026-04-04T22:00Z"), BERLIN);
  expect(text(shifted(week, -1, BERLIN))).toEqual(["2026-03-21T23:00", "2026-03-28T23:00"]);
});

test("the day after one whose midnight is skipped is a whole day", () => {
  const santiago = { timeZone: "America/Santiago", billingDay: 1 };
  const saturday = spanOf(stretch("2026-09-05T04:00Z", "2026-09-06T04:00Z"), santiago);
  expect(text(shifted(saturday, 1, santiago))).toEqual(["2026-09-06T04:00", "2026-09-07T03:00"]);
});

test("the bill before has the length that it had", () => {
  const bill = spanOf(stretch("2026-11-05T05:00Z", "2026-12-05T05:00Z"), NEW_YORK);
  expect(text(shifted(bill, -1, NEW_YORK))).toEqual(["2026-10-05T04:00", "2026-11-05T05:00"]);
});

test("bills that begin on the 31st find the end of shorter months, and back", () => {
  const bill = spanOf(stretch("2026-02-27T23:00Z", "2026-03-30T22:00Z"), BERLIN);
  expect(text(shifted(bill, 1, BERLIN))).toEqual(["2026-03-30T22:00", "2026-04-29T22:00"]);
  expect(shifted(shifted(bill, 1, BERLIN), -1, BERLIN)).toEqual(bill);
});

test("the year before a leap year has a day less", () => {
  const year = spanOf(stretch("2028-01-01T05:00Z", "2029-01-01T05:00Z"), NEW_YORK);
  expect(text(shifted(year, -1, NEW_YORK))).toEqual(["2027-01-01T05:00", "2028-01-01T05:00"]);
});
