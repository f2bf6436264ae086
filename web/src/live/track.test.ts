import { expect, test } from "vitest";
import { type Points, Track } from "./track.ts";

type Point = readonly [second: number, watts: number | null];

function trackOf(...points: readonly Point[]): Track {
  const track = new Track();
  for (const [second, watts] of points) track.add(second, watts, { joins: true });
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

test("a step reaches to the next sample, however late, and to none that it does not join", () => {
  const track = trackOf([0, 100], [250, 200]);
  track.add(400, 300, { joins: false });

  expect(pointsOf(track)).toEqual([
    [0, 100],
    [250, 200],
    [251, null],
    [400, 300],
  ]);
});

test("what has left the window is forgotten, but for the step that reaches into it", () => {
  expect(pointsOf(trackOf([0, 1], [10, 2], [20, 3], [915, 4]))).toEqual([
    [10, 2],
    [20, 3],
    [915, 4],
  ]);
});

test("the past goes into the gaps too, and no step joins it to what came much later", () => {
  const track = trackOf([0, 100], [1, 110]);
  track.add(300, 200, { joins: false });
  track.fill(past([0, 5], [1, 5], [2, 120], [3, 130], [200, 140], [299, 150], [300, 5]));

  expect(pointsOf(track)).toEqual([
    [0, 100],
    [1, 110],
    [2, 120],
    [3, 130],
    [4, null],
    [200, 140],
    [201, null],
    [299, 150],
    [300, 200],
  ]);
});

test("a day of seconds takes no more room than the window", () => {
  const track = new Track();
  for (let second = 0; second < 86_400; second += 1) track.add(second, second, { joins: true });

  expect(track.points.seconds).toHaveLength(902);
  expect(track.points.seconds.at(-1)).toBe(86_399);
});

test("the past comes before what came live meanwhile, which counts where both know", () => {
  const track = trackOf([10, 100], [11, 110]);
  track.fill(past([8, 80], [9, 90], [10, 101], [11, null], [12, 120]));

  expect(pointsOf(track)).toEqual([
    [8, 80],
    [9, 90],
    [10, 100],
    [11, 110],
  ]);
});

test("the past alone is a line too", () => {
  const track = new Track();
  track.fill(past([8, 80], [9, null]));

  expect(pointsOf(track)).toEqual([
    [8, 80],
    [9, null],
  ]);
});

test("a past that ends long before the first sample does not reach to it", () => {
  const track = trackOf([700, 100]);
  track.fill(past([0, 80], [1, 90]));

  expect(pointsOf(track)).toEqual([
    [0, 80],
    [1, 90],
    [2, null],
    [700, 100],
  ]);
});

test("a past that is longer than the window is cut", () => {
  const track = trackOf([10_000, 1]);
  track.fill(past(...Array.from({ length: 9_990 }, (_, second): Point => [second, 5])));

  expect(track.points.seconds[0]).toBe(9_099);
});

test("no past changes nothing", () => {
  const track = trackOf([10, 100]);
  track.fill(past());

  expect(pointsOf(track)).toEqual([[10, 100]]);
});
