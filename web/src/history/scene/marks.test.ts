import { expect, test } from "vitest";
import { BEFORE_DASH, MARKS } from "./marks.ts";

/** Ground, surface and raised of the light and the dark scheme. */
const BACKGROUNDS = ["#f4f6f4", "#ffffff", "#eef2ef", "#0e1412", "#161e1b", "#1f2925"];

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test.each(MARKS)("$letter is seen against every background of both schemes", ({ colour }) => {
  const contrasts = BACKGROUNDS.map((background) => contrast(colour, background));
  expect(Math.min(...contrasts)).toBeGreaterThan(3);
});

test("there are ten, which differ by letter and by dashes, and none looks like a period before", () => {
  const dashes = [...MARKS.map(({ dash }) => dash), BEFORE_DASH].map((dash) => dash.join(" "));
  expect(new Set(MARKS.map(({ letter }) => letter)).size).toBe(10);
  expect(new Set(dashes).size).toBe(11);
});
