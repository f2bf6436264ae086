import { expect, test } from "vitest";
import { commandOf } from "../keys.ts";
import { extendedTo, NOWHERE, placed, selectedOf, steppedTo } from "./crosshair.ts";

const NO_OTHER_KEY = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
const WITHIN = { count: 24, entry: 20 };

test("the crosshair comes in at the newest value, steps, and stays within the buckets", () => {
  expect(steppedTo(NOWHERE, 1, WITHIN)).toBe(20);
  expect(steppedTo(placed(20), -1, WITHIN)).toBe(19);
  expect(steppedTo(placed(23), 1, WITHIN)).toBe(23);
  expect(steppedTo(placed(1), -10, WITHIN)).toBe(0);
});

test("a selection grows from where the crosshair was, in both directions", () => {
  const right = extendedTo(placed(5), 7);
  expect(selectedOf(right)).toEqual({ from: 5, to: 7 });
  expect(selectedOf(extendedTo(right, 3))).toEqual({ from: 3, to: 5 });
});

test("a selection from nowhere begins with one bucket", () => {
  expect(selectedOf(extendedTo(NOWHERE, 4))).toEqual({ from: 4, to: 4 });
});

test("to move on ends the selection", () => {
  expect(selectedOf(placed(8))).toBeNull();
});

test("arrows read, and with Shift select", () => {
  expect(commandOf({ ...NO_OTHER_KEY, key: "ArrowLeft" })).toEqual({
    kind: "step",
    by: "one",
    sign: -1,
    extends: false,
  });
  expect(commandOf({ ...NO_OTHER_KEY, key: "ArrowRight", shiftKey: true })).toMatchObject({
    sign: 1,
    extends: true,
  });
});

test.each([
  ["Enter", "zoom-in"],
  ["+", "zoom-in"],
  ["-", "zoom-out"],
  ["Backspace", "back"],
  [",", "earlier"],
  [".", "later"],
  ["Escape", "clear"],
])("%s is %s", (key, kind) => {
  expect(commandOf({ ...NO_OTHER_KEY, key })).toEqual({ kind });
});

test("the browser keeps its own keys", () => {
  expect(commandOf({ ...NO_OTHER_KEY, key: "+", ctrlKey: true })).toBeNull();
  expect(commandOf({ ...NO_OTHER_KEY, key: "ArrowLeft", altKey: true })).toBeNull();
  expect(commandOf({ ...NO_OTHER_KEY, key: "Tab" })).toBeNull();
});
