import { expect, test } from "vitest";
import type { Live } from "../api/wire.ts";
import { afterNoon, frameAt, liveAt } from "../fakes/frame.ts";
import { freshnessOf } from "./freshness.ts";

/** Of a sample of noon that was received 2 s later, so many seconds after noon. */
function freshnessAfter(seconds: number, live: Partial<Live> = {}, isHeard = true) {
  const usages = frameAt(0).data.deviceListUsages;
  const now = Date.parse(afterNoon(seconds));
  return freshnessOf({ usages, live: liveAt(0, live) }, { now, isHeard });
}

test("a sample that has just been received is live, however long it took", () => {
  expect(freshnessAfter(2.5)).toEqual({ kind: "live", ageMilliseconds: 2_500 });
  expect(freshnessAfter(7.9)).toEqual({ kind: "live", ageMilliseconds: 7_900 });
});

test("an older one, with the next to come, is sparse and says when that is", () => {
  expect(freshnessAfter(20, { stale: true, nextPollAt: afterNoon(45) })).toEqual({
    kind: "sparse",
    ageMilliseconds: 20_000,
    nextInMilliseconds: 25_000,
  });
});

test("a poll that is under way is still expected, and one that is missing is not", () => {
  expect(freshnessAfter(50, { stale: true, nextPollAt: afterNoon(46) })).toMatchObject({
    kind: "sparse",
    nextInMilliseconds: 0,
  });
  expect(freshnessAfter(51, { stale: true, nextPollAt: afterNoon(46) })).toEqual({
    kind: "stale",
    ageMilliseconds: 51_000,
  });
});

test("where no frames come in, the newest is stale at once", () => {
  expect(freshnessAfter(3, {}, false)).toEqual({ kind: "stale", ageMilliseconds: 3_000 });
});

test("without a next poll an old sample is stale", () => {
  expect(freshnessAfter(20, { stale: true, nextPollAt: null }).kind).toBe("stale");
});

test("without a budget nothing is rare: what does not come is stale", () => {
  const late = { stale: true, budgetLeft: null };
  expect(freshnessAfter(20, { ...late, nextPollAt: afterNoon(20) }).kind).toBe("stale");
  expect(freshnessAfter(20, { ...late, nextPollAt: afterNoon(45) }).kind).toBe("stale");
  expect(freshnessAfter(3, { budgetLeft: null }).kind).toBe("live");
});

test("a poll that is always a minute ahead, as of a spent budget, is not believed for ever", () => {
  const inAMinute = (seconds: number) => ({ stale: true, nextPollAt: afterNoon(seconds + 60) });
  expect(freshnessAfter(1_201, inAMinute(1_201)).kind).toBe("sparse");
  expect(freshnessAfter(1_202, inAMinute(1_202)).kind).toBe("stale");
});

test("a small budget may well wait for half an hour", () => {
  expect(freshnessAfter(1_700, { stale: true, nextPollAt: afterNoon(1_800) })).toMatchObject({
    kind: "sparse",
    nextInMilliseconds: 100_000,
  });
});

test("a sample that seems to be from the future has no age", () => {
  expect(freshnessAfter(-5)).toEqual({ kind: "live", ageMilliseconds: 0 });
});

test("a true second says what it is worth while it is as late as they are", () => {
  const second = { quality: "averaged", ageSeconds: 73 } as const;
  expect(freshnessAfter(73, second)).toEqual({
    kind: "replayed",
    ageMilliseconds: 73_000,
    quality: "averaged",
  });
  expect(freshnessAfter(86, second)).toEqual({ kind: "stale", ageMilliseconds: 86_000 });
});
