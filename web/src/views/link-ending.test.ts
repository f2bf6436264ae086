import { expect, test } from "vitest";
import type { EmporiaLink } from "../api/wire.ts";
import { endingOf, lastingOf } from "./link-ending.tsx";

const END = "2026-03-31T12:00:00Z";
const BEFORE = Date.parse("2026-03-27T12:00:00Z");
const LINK: EmporiaLink = {
  emporiaUsername: "home@example.com",
  linkedAt: "2026-03-01T12:00:00Z",
  endsAt: END,
  endsSoon: true,
  keepsPassword: false,
};

test("a link near its end asks to be made anew, and names the day", () => {
  expect(endingOf(LINK, BEFORE)).toBe(
    "The link to Emporia ends about March 31; link it again before.",
  );
});

test("past the day that was told, no day is", () => {
  expect(endingOf(LINK, Date.parse(END))).toBe(
    "The link to Emporia may end at any time; link it again now.",
  );
});

test.each([
  ["of no link", null],
  ["of a fresh link", { ...LINK, endsSoon: false }],
  ["of a link that renews itself", { ...LINK, keepsPassword: true }],
  ["of a dead link", { ...LINK, endsAt: null }],
])("nothing is asked %s", (_, link) => {
  expect(endingOf(link, BEFORE)).toBeNull();
});

test("how long a link lasts is told without alarm", () => {
  expect(lastingOf(LINK)).toBe("It lasts until about March 31.");
  expect(lastingOf({ ...LINK, keepsPassword: true })).toBe(
    "It renews itself: its password is kept, sealed.",
  );
  expect(lastingOf({ ...LINK, endsAt: null })).toBeNull();
});
