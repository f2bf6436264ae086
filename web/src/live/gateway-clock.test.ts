import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { afterNoon } from "../fakes/frame.ts";
import { GatewayClock } from "./gateway-clock.ts";

const NOON = Date.parse(afterNoon(0));
const HOUR = 3_600_000;

let clock: GatewayClock;

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
  clock = new GatewayClock();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A frame comes at this second by this browser, of a sample received then by the gateway. */
function observe(here: number, receivedAt: number, nextPollAt = receivedAt + 1): void {
  vi.setSystemTime(NOON + here * 1_000);
  clock.observe({ receivedAt: afterNoon(receivedAt), nextPollAt: afterNoon(nextPollAt) });
}

/** What the gateway's clock shows, in seconds after noon. */
function shown(): number {
  return (clock.now() - NOON) / 1_000;
}

test("before the first frame it is as late there as here", () => {
  expect(clock.now()).toBe(NOON);
});

test("clocks that agree are left alone, however old the sample of the first frame", () => {
  observe(200, 0, 240);
  expect(shown()).toBe(200);
});

test("a browser that is an hour ahead or behind learns it from fresh samples", () => {
  observe(3_600, 0.5);
  expect(shown()).toBeCloseTo(1.5, 5);

  clock = new GatewayClock();
  observe(-3_600, 0.5);
  expect(shown()).toBe(0.5);
});

test("a sample that took its time does not undo what a quicker one told", () => {
  observe(-3_600, 0);
  observe(-3_590, 2, 11);
  expect(shown()).toBe(10);
});

test("samples that are repeated make the clock no slower", () => {
  observe(1, 0, 300);
  observe(250, 0, 300);
  expect(shown()).toBe(250);
});

test("a browser whose clock is set while the page is open learns it anew", () => {
  observe(0, 0);
  observe(3_601, 1);
  expect(shown()).toBeCloseTo(2, 5);
  observe(3_602, 2);
  expect(shown()).toBeCloseTo(3, 5);
  observe(3, 3);
  expect(shown()).toBe(3);
});

test("frames that were queued while the page slept leave no trace once they are read", () => {
  observe(0, 0);
  observe(600, 1);
  observe(600, 300);
  observe(600.1, 600);
  expect(shown()).toBeCloseTo(600.1, 5);
});

test("a frame without a next poll bounds one side only", () => {
  vi.setSystemTime(NOON + HOUR);
  clock.observe({ receivedAt: afterNoon(0), nextPollAt: null });
  expect(clock.now()).toBe(NOON + HOUR);
  vi.setSystemTime(NOON - HOUR);
  clock.observe({ receivedAt: afterNoon(0), nextPollAt: null });
  expect(clock.now()).toBe(NOON);
});
