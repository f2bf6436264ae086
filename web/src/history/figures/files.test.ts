import { expect, test } from "vitest";
import type { Plan } from "../scene/scene.ts";
import { fileNameOf } from "./files.ts";

const LOCATION = { timeZone: "America/New_York", billingDay: 5 };

function planOf(start: string, end: string): Plan {
  const span = { start: Date.parse(start), end: Date.parse(end), step: "clock" } as const;
  return {
    location: LOCATION,
    scale: "1H",
    measure: "kwh",
    currency: "USD",
    span,
    before: null,
    series: [],
  };
}

test("a file is named after the device, the days and the scale", () => {
  const days = planOf("2026-11-18T05:00:00Z", "2026-11-25T05:00:00Z");
  expect(fileNameOf("Home", days, "csv")).toBe("home-2026-11-18-to-2026-11-25-1h.csv");
});

test("where a range is not of whole days, the file is named after the times too", () => {
  const hours = planOf("2026-11-18T11:00:00Z", "2026-11-18T23:30:00Z");
  expect(fileNameOf("Home", hours, "png")).toBe("home-2026-11-18T0600-to-2026-11-18T1830-1h.png");
});

test("a name keeps its letters and digits, of whatever script, and nothing that paths dislike", () => {
  const days = planOf("2026-11-18T05:00:00Z", "2026-11-19T05:00:00Z");
  expect(fileNameOf("Küche / 2.OG", days, "csv")).toBe(
    "küche-2-og-2026-11-18-to-2026-11-19-1h.csv",
  );
  expect(fileNameOf("…", days, "csv")).toBe("history-2026-11-18-to-2026-11-19-1h.csv");
});
