import { expect, test } from "vitest";
import type { FigureQuality } from "../../api/wire.ts";
import { sideBySide } from "../scene/frame.ts";
import type { Scene } from "../scene/scene.ts";
import { doubtfulStretches, doubtsOf, joined, qualityText } from "./doubts.ts";

const HOUR = 3_600_000;
const LATER = 100 * HOUR;

function sceneOf(
  ...series: readonly (readonly [string, readonly (FigureQuality | null)[]])[]
): Scene {
  const frame = sideBySide(
    series.map(([, qualities]) => ({
      buckets: qualities.map((_, at) => ({ start: at * HOUR, end: (at + 1) * HOUR })),
      usages: qualities.map((one) => (one === "missing" || one === null ? null : 1)),
      qualities,
      coverage: 1,
      asOf: LATER,
    })),
  );
  const lines = series.map(([label], index) => {
    const column = frame.columns[index];
    return { choice: { label }, column, values: column?.usages };
  });
  return { frame, lines } as unknown as Scene;
}

test("nothing is said of what is as measured, imported or came late", () => {
  expect(doubtsOf(sceneOf(["Mains", ["live", "imported", "backfilled"]]))).toEqual([]);
});

test("what is averaged, known in part or missing is counted for each series", () => {
  const mains: FigureQuality[] = ["averaged", "averaged", "live", "missing"];
  const fridge: FigureQuality[] = ["live", "partial", "missing", "live"];
  expect(doubtsOf(sceneOf(["Mains", mains], ["Fridge", fridge])).map(({ text }) => text)).toEqual([
    "Averaged: Emporia spread a mean over it: Mains 2 of 4",
    "Known in part: the sum of what is known: Fridge 1 of 4",
    "No data: Mains 1, Fridge 1 of 4",
  ]);
});

test("neighbours that are averaged are one stretch, whichever line it is", () => {
  const scene = sceneOf(["A", ["averaged", "live", "live"]], ["B", ["live", "averaged", "live"]]);
  expect(doubtfulStretches(scene, "averaged")).toEqual([{ start: 0, end: 2 * HOUR }]);
  expect(doubtfulStretches(scene, "partial")).toEqual([]);
});

test("what does not touch stays apart", () => {
  const apart = [
    { start: 0, end: 1 },
    { start: 2, end: 3 },
  ];
  expect(joined(apart)).toEqual(apart);
});

test("how a figure was come by is said where that is not the common way", () => {
  expect([null, "live", "averaged", "backfilled"].map((one) => qualityText(one as never))).toEqual([
    "",
    "",
    "averaged",
    "came late",
  ]);
});
