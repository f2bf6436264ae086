import { expect, test } from "vitest";
import { tellerIn } from "./times.ts";

test("an instant is told to the minute, where the home is", () => {
  expect(tellerIn("America/New_York")("2026-03-01T12:00:00Z")).toBe("Mar 1, 2026, 7:00 AM");
  expect(tellerIn("Europe/Berlin")("2026-03-01T12:00:00Z")).toBe("Mar 1, 2026, 1:00 PM");
});
