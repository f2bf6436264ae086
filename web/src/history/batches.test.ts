import { afterEach, expect, test, vi } from "vitest";
import { ApiError } from "../api/client.ts";
import { fakeGateway, json, refusal } from "../fakes/gateway.ts";
import { readGroup } from "./batches.ts";
import type { Wanted } from "./loader.ts";

const START = Date.parse("2026-11-25T00:00:00Z");
const HOUR = 3_600_000;
const ANSWER = {
  firstUsageInstant: "2026-11-25T00:00:00Z",
  series: [
    { usageList: [1], quality: [["live", 1]], coverage: 1 },
    { usageList: [null], quality: [["missing", 1]], coverage: 0 },
  ],
};

afterEach(() => vi.unstubAllGlobals());

function wanted(channel: string, rest: Partial<Wanted> = {}): Wanted {
  const location = { timeZone: "UTC", billingDay: 1 };
  const stretch = { start: START, end: START + 24 * HOUR };
  return { gid: 7, channel, stretch, scale: "1H", energyUnit: "KilowattHours", location, ...rest };
}

const read = (...group: Wanted[]) =>
  readGroup("t", group, { now: START + HOUR, signal: new AbortController().signal });

test("a group is one request, up to now, and each series has its own quality", async () => {
  const gateway = fakeGateway(() => json(200, ANSWER));
  const got = await read(wanted("1,2,3"), wanted("5"));

  expect(gateway.asked.map(({ path }) => decodeURIComponent(path))).toEqual([
    "/history?series=7:1,2,3&series=7:5&start=2026-11-25T00:00:00.000Z" +
      "&end=2026-11-25T01:00:00.000Z&scale=1H&energyUnit=KilowattHours",
  ]);
  const { firstUsageInstant } = ANSWER;
  expect(got).toEqual(ANSWER.series.map((one) => ({ firstUsageInstant, ...one })));
});

test.each([
  ["the balance", wanted("Balance")],
  ["dollars", wanted("1", { energyUnit: "Dollars" })],
])("%s is asked of the device itself", async (_, one) => {
  const gateway = fakeGateway(() => json(200, { firstUsageInstant: null, usageList: [] }));
  await read(one);

  expect(gateway.asked.map(({ path }) => path.split("?")[0])).toEqual(["/devices/7/history"]);
});

test("where one series spoils the question, the others are answered all the same", async () => {
  fakeGateway(({ path }) => {
    if (path.startsWith("/history")) return refusal(404, "There is no series '7:9'.");
    return path.includes("channels=9")
      ? refusal(404, "There is no such channel.")
      : json(200, { firstUsageInstant: null, usageList: [] });
  });
  const got = await read(wanted("1"), wanted("9"));

  expect(got).toMatchObject([{ usageList: [] }, { message: "There is no such channel." }]);
  expect(got[1]).toBeInstanceOf(ApiError);
});

test.each([401, 429, 500, 503])(
  "a refusal of %i is of all, and not asked again",
  async (status) => {
    const gateway = fakeGateway(() => refusal(status, "Not now."));

    await expect(read(wanted("1"), wanted("2"))).rejects.toThrow("Not now.");
    expect(gateway.asked).toHaveLength(1);
  },
);
