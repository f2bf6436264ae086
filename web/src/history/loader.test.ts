import { beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "../api/client.ts";
import type { ChartUsage } from "../api/wire.ts";
import { createHistoryLoader, type HistoryLoader, keyOf, type Wanted } from "./loader.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.parse("2026-11-25T00:00:00Z");
const USAGE: ChartUsage = { firstUsageInstant: "2026-11-24T00:00:00Z", usageList: [1, null] };

interface Call {
  readonly channels: readonly string[];
  readonly signal: AbortSignal;
  readonly answer: (...usages: (ChartUsage | ApiError)[]) => Promise<void>;
  readonly fail: (sentence: string, pauseMilliseconds?: number) => Promise<void>;
}

let now: number;
let calls: Call[];
let loader: HistoryLoader;

beforeEach(() => {
  now = NOW;
  calls = [];
  loader = createHistoryLoader(
    (group, signal) =>
      new Promise((resolve, reject) => {
        calls.push({
          channels: group.map(({ channel }) => channel),
          signal,
          answer: (...usages) => settled(() => resolve(usages)),
          fail: (sentence, pause) => settled(() => reject(new ApiError(sentence, 503, "", pause))),
        });
      }),
    () => now,
  );
});

async function settled(act: () => void): Promise<void> {
  act();
  await new Promise((resolve) => setTimeout(resolve));
}

const location = { timeZone: "UTC", billingDay: 1 };

/** In dollars, which the archive has not: a request of its own. */
function cost(channel: string): Wanted {
  return { ...today(channel), energyUnit: "Dollars" };
}

function today(channel: string): Wanted {
  const stretch = { start: NOW - 12 * HOUR, end: NOW + 12 * HOUR };
  return { gid: 1, channel, stretch, scale: "15MIN", energyUnit: "KilowattHours", location };
}

function yesterday(channel: string): Wanted {
  const stretch = { start: NOW - 36 * HOUR, end: NOW - 12 * HOUR };
  return { ...today(channel), stretch };
}

function kinds(): string[] {
  return [...loader.loads.get().values()].map(({ kind }) => kind);
}

function asked(): string[] {
  return calls.map(({ channels }) => channels.join(" "));
}

test("series of one range share a request, and what the archive has not is asked for alone", () => {
  loader.want([today("1"), yesterday("1"), today("Balance"), today("2"), yesterday("2")]);
  expect(asked()).toEqual(["1 2", "1 2", "Balance"]);
});

test("series whose days begin elsewhere are asked for apart", () => {
  const tokyo = { ...today("2"), location: { ...location, timeZone: "Asia/Tokyo" } };
  loader.want([today("1"), tokyo]);
  expect(asked()).toEqual(["1", "2"]);
});

test("three requests are made at once, the next when one has answered", async () => {
  loader.want(["1", "2", "3", "4"].map(cost));
  expect(asked()).toEqual(["1", "2", "3"]);
  await calls[1]?.answer(USAGE);
  expect(asked()).toEqual(["1", "2", "3", "4"]);
  expect(kinds()).toEqual(["loading", "loaded", "loading", "loading"]);
});

test("a request that is still wanted goes on, one that is not ends", () => {
  loader.want([cost("1"), cost("2")]);
  loader.want([cost("2"), cost("3")]);
  expect(calls.map(({ channels, signal }) => [...channels, signal.aborted])).toEqual([
    ["1", true],
    ["2", false],
    ["3", false],
  ]);
});

test("a request of which one series is still wanted goes on, and what it brings is kept", async () => {
  loader.want([today("1"), today("2")]);
  loader.want([today("2")]);
  expect(calls[0]?.signal.aborted).toBe(false);
  await calls[0]?.answer(USAGE, USAGE);
  expect([...loader.loads.get().keys()]).toEqual([keyOf(today("2"))]);
  loader.want([today("1"), today("2")]);
  expect(asked()).toEqual(["1 2"]);
  expect(kinds()).toEqual(["loaded", "loaded"]);
});

test("of a request some series may come and others fail", async () => {
  loader.want([today("1"), today("2")]);
  await calls[0]?.answer(USAGE, new ApiError("There is no such series.", 404));
  expect(kinds()).toEqual(["loaded", "failed"]);
});

test("what comes after the end of a request is not shown", async () => {
  loader.want([today("1")]);
  loader.want([today("2")]);
  await calls[0]?.answer(USAGE);
  expect([...loader.loads.get().keys()]).toEqual([keyOf(today("2"))]);
  expect(kinds()).toEqual(["loading"]);
});

test("the past is asked for once, however much later", async () => {
  loader.want([yesterday("1")]);
  await calls[0]?.answer(USAGE);
  loader.want([]);
  now += 24 * HOUR;
  loader.want([yesterday("1")]);
  loader.refresh();
  expect(calls).toHaveLength(1);
  expect(kinds()).toEqual(["loaded"]);
});

test("what reaches into the present is asked for again after a minute, the old answer shown", async () => {
  loader.want([today("1")]);
  await calls[0]?.answer(USAGE);
  now += MINUTE - 1;
  loader.want([today("1")]);
  expect(calls).toHaveLength(1);
  now += 1;
  loader.want([today("1")]);
  expect(calls).toHaveLength(2);
  expect(loader.loads.get().get(keyOf(today("1")))).toEqual({
    kind: "loading",
    answer: { usage: USAGE, asOf: NOW },
  });
});

test("what reaches into the present is asked for again at once when somebody says so", async () => {
  loader.want([today("1")]);
  await calls[0]?.answer(USAGE);
  loader.refresh();
  expect(calls).toHaveLength(2);
});

test("a range that has only just ended has not settled", async () => {
  const justEnded = { ...today("1"), stretch: { start: NOW - HOUR, end: NOW - MINUTE } };
  loader.want([justEnded]);
  await calls[0]?.answer(USAGE);
  loader.refresh();
  expect(calls).toHaveLength(2);
});

test("a failure is told in the gateway's sentence beside what did load, and tried again on demand", async () => {
  loader.want([cost("1"), cost("2")]);
  await calls[0]?.fail("The request budget for this Emporia account is spent for now.");
  await calls[1]?.answer(USAGE);
  expect(loader.loads.get().get(keyOf(cost("1")))).toMatchObject({
    kind: "failed",
    answer: null,
    sentence: "The request budget for this Emporia account is spent for now.",
  });
  loader.want([cost("1"), cost("2")]);
  expect(calls).toHaveLength(2);
  loader.refresh("failed");
  expect(asked()).toEqual(["1", "2", "1"]);
  await calls[2]?.answer(USAGE);
  expect(kinds()).toEqual(["loaded", "loaded"]);
});

test("a failure tells from when on another try is worth it", async () => {
  vi.spyOn(Date, "now").mockReturnValue(5_000);
  loader.want([today("1")]);
  await calls[0]?.fail("Emporia's cloud is not available right now.", 15_000);
  expect(loader.loads.get().get(keyOf(today("1")))).toMatchObject({ pausedUntil: 20_000 });
  vi.restoreAllMocks();
});

test("an answer stays when asking again fails", async () => {
  loader.want([today("1")]);
  await calls[0]?.answer(USAGE);
  loader.refresh();
  await calls[1]?.fail("Emporia's cloud did not answer in time.");
  expect(loader.loads.get().get(keyOf(today("1")))).toMatchObject({
    kind: "failed",
    answer: { asOf: NOW },
  });
});

test("the end aborts what is under way and forgets the rest", async () => {
  loader.want([yesterday("1")]);
  await calls[0]?.answer(USAGE);
  loader.want([yesterday("1"), today("2")]);
  loader.end();
  expect(calls[1]?.signal.aborted).toBe(true);
  loader.want([yesterday("1")]);
  expect(calls).toHaveLength(3);
});
