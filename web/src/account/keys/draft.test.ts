import { expect, test } from "vitest";
import { readHome } from "../../home/model.ts";
import { type Draft, EMPTY_DRAFT, problemOf, requestOf, toggled } from "./draft.ts";
import { ticksOf } from "./limits.ts";

const TICKS = ticksOf(
  readHome({ customerGid: 1, email: "home@example.com", devices: [{ deviceGid: 4 }] }),
);
const NOW = Date.parse("2026-03-01T12:00:00Z");
const timeZone = "America/New_York";

function draft(rest: Partial<Draft> = {}): Draft {
  return { ...EMPTY_DRAFT, name: " kitchen display ", ...rest };
}

test("a key that is not limited names no limits and no end", () => {
  expect(requestOf(draft(), { ticks: TICKS, timeZone })).toEqual({
    name: "kitchen display",
    scopes: ["read"],
  });
});

test("what was ticked counts while the key is limited", () => {
  const ticked = new Set(["device 4"]);

  expect(requestOf(draft({ isLimited: true, ticked }), { ticks: TICKS, timeZone })).toMatchObject({
    devices: [4],
    channels: [],
  });
  expect(requestOf(draft({ ticked }), { ticks: TICKS, timeZone })).not.toHaveProperty("devices");
});

test.each([
  ["2026-03-01", "2026-03-02T05:00:00Z"],
  ["2026-03-08", "2026-03-09T04:00:00Z"], // the clock is set forward on this day
  ["2026-12-31", "2027-01-01T05:00:00Z"],
])("the last day %s is good to its end where the home is", (lastDay, expiresAt) => {
  expect(requestOf(draft({ lastDay }), { ticks: TICKS, timeZone })).toMatchObject({ expiresAt });
});

test.each<[Partial<Draft>, string | undefined]>([
  [{}, undefined],
  [{ name: "  " }, "name"],
  [{ scopes: new Set() }, "scopes"],
  [{ lastDay: "2026-02-28" }, "lastDay"],
  [{ lastDay: "2026-03-01" }, undefined],
  [{ isLimited: true }, "limits"],
  [{ isLimited: true, ticked: new Set(["device 4"]) }, undefined],
])("what is to be set right of %j is %s", (rest, field) => {
  expect(problemOf(draft(rest), { now: NOW, timeZone })?.field).toBe(field);
});

test("a tick is set and taken away", () => {
  expect([...toggled(toggled(new Set(["a"]), "b"), "a")]).toEqual(["b"]);
});
