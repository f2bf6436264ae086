import uPlot from "uplot";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { stepsPath } from "./history-chart-steps.ts";

type Drawn = readonly [command: string, ...at: number[]];

class FakePath {
  readonly drawn: Drawn[] = [];
  moveTo(...at: number[]): void {
    this.drawn.push(["move", ...at]);
  }
  lineTo(...at: number[]): void {
    this.drawn.push(["line", ...at]);
  }
  rect(...at: number[]): void {
    this.drawn.push(["rect", ...at]);
  }
}

beforeEach(() => {
  vi.stubGlobal("Path2D", FakePath);
  vi.stubGlobal("document", { createElement: () => CANVAS });
  Object.assign(uPlot, { pxRatio: 1 }); // which it reads off a window
});
afterEach(() => vi.unstubAllGlobals());

const BUCKETS = [0, 1, 2].map((index) => ({ start: index * 10, end: index * 10 + 10 }));
/** A pixel is a unit of time, and of the value from 100 down; too narrow for bars. */
const CHART = {
  bbox: { width: 21 },
  valToPos: (value: number, axis: string) => (axis === "x" ? value : 100 - value),
};

/** What a canvas needs for a hatching. */
const CANVAS = { getContext: () => null };

function stroke(values: (number | null)[], asOf: number, isFilled = false): readonly Drawn[] {
  const style = { colour: "#000000", isFilled, asOf, isAveraged: () => false };
  const paths = stepsPath(BUCKETS, values, style)(CHART as never, 1, 0, 2);
  const { stroke } = paths as unknown as { readonly stroke: ReadonlyMap<string, FakePath> };
  return stroke.get(style.colour)?.drawn ?? [];
}

test("buckets that are over are joined, and nothing is joined over a gap", () => {
  expect(stroke([5, 6, 7], 30)).toEqual([
    ["move", 0, 95],
    ["line", 10, 95],
    ["line", 10, 94],
    ["line", 20, 94],
    ["line", 20, 93],
    ["line", 30, 93],
  ]);
  expect(stroke([5, null, 7], 30).filter(([command]) => command === "move")).toHaveLength(2);
});

test.each([false, true])("what still grows is not a fall: it stands under an arrow", (isFilled) => {
  const drawn = stroke([50, 60, 2], 21, isFilled);

  expect(drawn.slice(0, 6)).toEqual([
    ["move", 0, 50],
    ["line", 10, 50],
    ["line", 10, 40],
    ["line", 20, 40],
    ["move", 20, 98],
    ["line", 30, 98],
  ]);
  expect(drawn.slice(6).map(([command]) => command)).toEqual([
    "move",
    "line",
    "move",
    "line",
    "line",
  ]);
});

test("what is averaged is a lighter line of its own, joined to what is beside it", () => {
  const style = {
    colour: "#000000",
    isFilled: false,
    asOf: 30,
    isAveraged: (at: number) => at === 1,
  };
  const paths = stepsPath(BUCKETS, [5, 6, 7], style)(CHART as never, 1, 0, 2);
  const { stroke } = paths as unknown as { readonly stroke: ReadonlyMap<string, FakePath> };

  expect([...stroke].map(([colour, { drawn }]) => [colour, drawn])).toEqual([
    [
      "#000000",
      [
        ["move", 0, 95],
        ["line", 10, 95],
        ["move", 20, 94],
        ["line", 20, 93],
        ["line", 30, 93],
      ],
    ],
    [
      "#000000a0",
      [
        ["move", 10, 95],
        ["line", 10, 94],
        ["line", 20, 94],
      ],
    ],
  ]);
});
