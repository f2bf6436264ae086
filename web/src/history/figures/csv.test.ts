import { expect, test } from "vitest";
import { csv } from "./csv.ts";

const HOUR = 3_600_000;
const START = Date.parse("2026-10-25T00:00:00Z");
const BUCKETS = [0, 1].map((index) => ({
  start: START + index * HOUR,
  end: START + (index + 1) * HOUR,
}));

function headerOf(name: string): string {
  return csv([], [{ name, unit: "kWh", values: [] }], "UTC");
}

test("a line a bucket, in local time with its offset and in UTC, a column a series", () => {
  const columns = [
    { name: "Mains", unit: "kWh", values: [1.25, null] },
    { name: "Roof", unit: "kWh", values: [-0, -0.000_001_5] },
  ];
  expect(csv(BUCKETS, columns, "Europe/Berlin")).toBe(
    [
      "Start (local),Start (UTC),Mains (kWh),Roof (kWh)",
      "2026-10-25T02:00:00+02:00,2026-10-25T00:00:00Z,1.25,0",
      "2026-10-25T02:00:00+01:00,2026-10-25T01:00:00Z,,-0.0000015",
      "",
    ].join("\r\n"),
  );
});

test("large numbers have no separators", () => {
  const columns = [{ name: "Mains", unit: "W", values: [1_234_567.5, 0] }];
  expect(csv(BUCKETS, columns, "UTC")).toContain("Z,1234567.5\r\n");
});

test("names with commas, quotes or line breaks are quoted", () => {
  expect(headerOf('Pump, "big"')).toBe('Start (local),Start (UTC),"Pump, ""big"" (kWh)"\r\n');
  expect(headerOf("two\nlines")).toContain('"two\nlines (kWh)"');
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])(
  "a name that begins like a formula is text: %j",
  (name) => {
    expect(headerOf(name)).toContain(`,'${name} (kWh)`);
  },
);

test("a formula is no formula behind quotes either", () => {
  expect(headerOf('=HYPERLINK("x","y")')).toContain(`,"'=HYPERLINK(""x"",""y"") (kWh)"`);
});
