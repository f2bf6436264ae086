import { expect, test } from "vitest";
import { Backoff } from "./backoff.ts";

function pauses(random: number, count: number): number[] {
  const backoff = new Backoff();
  return Array.from({ length: count }, () => backoff.next(() => random));
}

test("pauses double up to half a minute, and stay there", () => {
  expect(pauses(1, 8)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

test("a pause is anything from half of its longest up, so that not all come back at once", () => {
  expect(pauses(0, 3)).toEqual([500, 1_000, 2_000]);
  expect(pauses(0.5, 3)).toEqual([750, 1_500, 3_000]);
});

test("after a reset it begins anew", () => {
  const backoff = new Backoff();
  backoff.next();
  backoff.next();
  backoff.reset();

  expect(backoff.next(() => 1)).toBe(1_000);
});
