import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSession, type Session } from "../api/session.ts";
import { fakeBrowser } from "../fakes/browser.ts";
import { afterNoon, homeUsing } from "../fakes/frame.ts";
import { fakeGateway, json, refusal } from "../fakes/gateway.ts";
import { tokenFor } from "../fakes/token.ts";
import { type HomePower, powerOf } from "../home/power.ts";
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

/** A home whose mains these devices measure. */
function homeOf(...gridGids: number[]): HomePower {
  return powerOf(homeUsing(0, { deviceGids: gridGids, gridGids }));
}

function series(second: number, ...usageList: (number | null)[]) {
  return { firstUsageInstant: afterNoon(second), usageList };
}

test("the past is the last quarter of an hour of the mains, second by second", async () => {
  const gateway = fakeGateway(() => json(200, series(-2, KWH_OF_A_KILOWATT_SECOND, null)));
  const home = homeOf(7);
  const past = (await readPast(session, [home], NOON)).get(home.key);

  const asked = new URL(gateway.asked[0]?.path ?? "", "http://gateway");
  expect(asked.pathname).toBe("/devices/7/history");
  expect(Object.fromEntries(asked.searchParams)).toEqual({
    channels: "1,2,3",
    start: afterNoon(-900),
    end: afterNoon(0),
    scale: "1S",
    energyUnit: "KilowattHours",
  });
  expect(past?.seconds).toEqual([NOON_SECONDS - 2, NOON_SECONDS - 1]);
  expect(past?.watts).toEqual([expect.closeTo(1_000), null]);
});

test("the devices are asked for that measure a home, and those of each home", async () => {
  const gateway = fakeGateway(() => json(200, series(0, KWH_OF_A_KILOWATT_SECOND)));
  const meter = { ...homeOf(9), gids: [7, 8, 9] };
  const past = await readPast(session, [meter, homeOf(10, 11)], NOON);

  expect(gateway.asked.map(({ path }) => path.split("/")[2])).toEqual(["9", "10", "11"]);
  expect([...past.values()].map(({ watts }) => watts)).toEqual([
    [expect.closeTo(1_000)],
    [expect.closeTo(2_000)],
  ]);
});

test("for a mill of many panels, and without a home, nothing is asked", async () => {
  const gateway = fakeGateway(() => json(200, series(0)));

  expect(await readPast(session, [homeOf(1, 2, 3), homeOf(4, 5)], NOON)).toEqual(new Map());
  expect(await readPast(session, [], NOON)).toEqual(new Map());
  expect(gateway.asked).toEqual([]);
});

test("a past that can't be had is a failure, and not an empty one", async () => {
  fakeGateway(() => refusal(503, "Emporia's cloud is not available right now."));

  await expect(readPast(session, [homeOf(7)], NOON)).rejects.toMatchObject({ status: 503 });
});

test("panels are added up by the second, and a second that one does not tell is unknown", () => {
  const one = 1 / 3_600_000;
  const points = sumOf([series(0, one, 2 * one, 3 * one), series(1, 10 * one, 20 * one, 30 * one)]);

  expect(points.seconds.map((second) => second - NOON_SECONDS)).toEqual([0, 1, 2, 3]);
  expect(points.watts).toEqual([null, expect.closeTo(12), expect.closeTo(23), null]);
});

test("what is added to an unknown is unknown, and mains of exactly 0 are one", () => {
  const { watts } = sumOf([
    series(0, null, 0, null, -0.5 / 3_600),
    series(0, null, 1, -1 / 3_600, -0.5 / 3_600),
  ]);

  expect(watts).toEqual([null, null, null, expect.closeTo(-1_000)]);
});

test("series without a beginning are no points", () => {
  const empty = { firstUsageInstant: null, usageList: [] };
  const odd = { firstUsageInstant: "long ago", usageList: [1] };

  expect(sumOf([empty, odd])).toEqual({ seconds: [], watts: [] });
});
