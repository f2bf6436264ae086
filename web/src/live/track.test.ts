import { expect, test } from "vitest";
import { type Points, Track } from "./track.ts";

type Point = readonly [second: number, watts: number | null];

function trackOf(...points: readonly Point[]): Track {
  const track = new Track();
  for (const [second, watts] of points) track.add(second, watts);
  return track;
}

function pointsOf(track: Track): Point[] {
  const { seconds, watts } = track.points;
  return seconds.map((second, index) => [second, watts[index] ?? null]);
}

function past(...points: readonly Point[]): Points {
  return { seconds: points.map(([second]) => second), watts: points.map(([, watts]) => watts) };
}

test("samples line up, and an unknown is a gap and no zero", () => {
  expect(pointsOf(trackOf([1, 100], [2, null], [3, 0], [4, -50]))).toEqual([
    [1, 100],
    [2, null],
    [3, 0],
    [4, -50],
  ]);
});

test("a sample that is repeated changes nothing", () => {
  expect(pointsOf(trackOf([1, 100], [2, 200], [2, 300]))).toEqual([
    [1, 100],
    [2, 200],
  ]);
});

test("a sample from before takes the place of what a clock that was ahead had told", () => {
  expect(pointsOf(trackOf([1, 100], [2, 200], [90, 900], [91, 910], [2, 250], [3, 300]))).toEqual([
    [1, 100],
    [2, 250],
    [3, 300],
  ]);
});

test("up to ten minutes a step reaches to the next sample, beyond there is a gap", () => {
  expect(pointsOf(trackOf([0, 100], [240, 200], [840, 300]))).toEqual([
    [0, 100],
    [240, 200],
    [840, 300],
  ]);
  expect(pointsOf(trackOf([0, 100], [240, 200], [841, 300]))).toEqual([
    [0, 100],
    [240, 200],
    [241, null],
    [841, 300],
  ]);
});

test("what has left the window is forgotten, but for the step that reaches into it", () => {
  const track = trackOf([0, 1], [100, 2], [200, 3], [1_050, 4]);

  expect(pointsOf(track)).toEqual([
    [100, 2],
    [200, 3],
    [201, null],
    [1_050, 4],
  ]);
});

test("a day of seconds takes no more room than the window", () => {
  const track = new Track();
  for (let second = 0; second < 86_400; second += 1) track.add(second, second);

  expect(track.points.seconds).toHaveLength(902);
  expect(track.points.seconds.at(-1)).toBe(86_399);
});

test("the past comes before what came live meanwhile, which counts where both know", () => {
  const track = trackOf([10, 100], [11, 110]);
  track.prepend(past([8, 80], [9, 90], [10, 101], [11, null], [12, 120]));

  expect(pointsOf(track)).toEqual([
    [8, 80],
    [9, 90],
    [10, 100],
    [11, 110],
  ]);
});

test("the past alone is a line too", () => {
  const track = new Track();
  track.prepend(past([8, 80], [9, null]));

  expect(pointsOf(track)).toEqual([
    [8, 80],
    [9, null],
  ]);
});

test("a past that ends long before the first sample does not reach to it", () => {
  const track = trackOf([700, 100]);
  track.prepend(past([0, 80], [1, 90]));

  expect(pointsOf(track)).toEqual([
    [0, 80],
    [1, 90],
    [2, null],
    [700, 100],
  ]);
});

test("a past that is longer than the window is cut", () => {
  const track = trackOf([10_000, 1]);
  track.prepend(past(...Array.from({ length: 9_990 }, (_, second): Point => [second, 5])));

  expect(track.points.seconds[0]).toBe(9_099);
});

test("no past changes nothing", () => {
  const track = trackOf([10, 100]);
  track.prepend(past());

  expect(pointsOf(track)).toEqual([[10, 100]]);
});
