import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSession, type Session } from "../api/session.ts";
import type { Device } from "../api/wire.ts";
import { fakeBrowser } from "../fakes/browser.ts";
import { afterNoon } from "../fakes/frame.ts";
import { fakeGateway, json, refusal } from "../fakes/gateway.ts";
import { tokenFor } from "../fakes/token.ts";
import { type Home, readHome } from "../home/model.ts";
import { readPast, sumOf } from "./past.ts";

const NOON = Date.parse(afterNoon(0));
const NOON_SECONDS = NOON / 1_000;
const KWH_OF_A_KILOWATT_SECOND = 1 / 3_600;

let session: Session;

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
  fakeBrowser();
  session = createSession();
  session.begin(tokenFor(3_600), { stay: false });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function homeOf(...devices: Device[]): Home {
  return readHome({ customerGid: 1, email: "home@example.com", devices });
}

function panel(deviceGid: number): Device {
  return { deviceGid, channels: [{ deviceGid, channelNum: "1" }] };
}

function series(second: number, ...usageList: (number | null)[]) {
  return { firstUsageInstant: afterNoon(second), usageList };
}

test("the past is the last quarter of an hour of the mains, second by second", async () => {
  const gateway = fakeGateway(() => json(200, series(-2, KWH_OF_A_KILOWATT_SECOND, null)));
  const past = await readPast(session, homeOf(panel(7)), NOON);

  const asked = new URL(gateway.asked[0]?.path ?? "", "http://gateway");
  expect(asked.pathname).toBe("/devices/7/history");
  expect(Object.fromEntries(asked.searchParams)).toEqual({
    channels: "1,2,3",
    start: afterNoon(-900),
    end: afterNoon(0),
    scale: "1S",
    energyUnit: "KilowattHours",
  });
  expect(past.seconds).toEqual([NOON_SECONDS - 2, NOON_SECONDS - 1]);
  expect(past.watts).toEqual([expect.closeTo(1_000), null]);
});

test("panels are asked for, and a plug beside them is not: it hangs on one of them", async () => {
  const gateway = fakeGateway(() => json(200, series(0)));
  await readPast(session, homeOf(panel(7), { deviceGid: 9 }, panel(8)), NOON);

  expect(gateway.asked.map(({ path }) => path.split("/")[2])).toEqual(["7", "8"]);
});

test("where there are plugs alone, they are the home", async () => {
  const gateway = fakeGateway(() => json(200, series(0)));
  await readPast(session, homeOf({ deviceGid: 9 }), NOON);

  expect(gateway.asked.map(({ path }) => path.split("/")[2])).toEqual(["9"]);
});

test("for a mill of many panels nothing is asked", async () => {
  const gateway = fakeGateway(() => json(200, series(0)));
  const past = await readPast(session, homeOf(...[1, 2, 3, 4, 5].map(panel)), NOON);

  expect(past).toEqual({ seconds: [], watts: [] });
  expect(gateway.asked).toEqual([]);
});

test("a past that can't be had is a failure, and not an empty one", async () => {
  fakeGateway(() => refusal(503, "Emporia's cloud is not available right now."));

  await expect(readPast(session, homeOf(panel(7)), NOON)).rejects.toMatchObject({ status: 503 });
});

test("panels are added up by the second, wherever their series begin", () => {
  const one = 1 / 3_600_000;
  const points = sumOf([series(0, one, 2 * one, 3 * one), series(1, 10 * one, 20 * one, 30 * one)]);

  expect(points.seconds.map((second) => second - NOON_SECONDS)).toEqual([0, 1, 2, 3]);
  expect(points.watts).toEqual([1, 12, 23, 30].map((watts) => expect.closeTo(watts)));
});

test("what is not known is left out of a sum, and is a gap where nothing is", () => {
  const { watts } = sumOf([series(0, null, 0, null), series(0, null, null, -1 / 3_600)]);

  expect(watts).toEqual([null, 0, expect.closeTo(-1_000)]);
});

test("series without a beginning are no points", () => {
  const empty = { firstUsageInstant: null, usageList: [] };
  const odd = { firstUsageInstant: "long ago", usageList: [1] };

  expect(sumOf([empty, odd])).toEqual({ seconds: [], watts: [] });
});
