/** However long nobody looks, today's kWh is what Emporia's own history comes to. */

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSession, type Session } from "../api/session.ts";
import { fakeBrowser } from "../fakes/browser.ts";
import { afterNoon, channel, frameAt, homeUsing } from "../fakes/frame.ts";
import { type Asked, fakeGateway, json } from "../fakes/gateway.ts";
import { type FakeSocket, fakeSockets } from "../fakes/socket.ts";
import { tokenFor } from "../fakes/token.ts";
import { readHome } from "../home/model.ts";
import { powerOf } from "../home/power.ts";
import { createStore } from "../store.ts";
import { type Connection, connect } from "./connection.ts";
import { followHome, type LiveModel } from "./model.ts";

const NOON = Date.parse(afterNoon(0));
const HOME = readHome({
  customerGid: 1,
  email: "home@example.com",
  devices: [{ deviceGid: 1, locationProperties: { timeZone: "UTC" } }],
});
const POWER = powerOf(homeUsing(0));
/** What a second digit is rounded to. */
const HALF_A_DIGIT_KWH = 0.005;
const LAG_SECONDS = 2;
const GAPS_SECONDS = [
  ...[2, 5, 11, 15, 16, 20, 33, 45, 46, 59, 60, 61, 75, 90, 119, 120, 180, 240, 299, 300],
  ...[301, 420, 599, 600, 601, 660, 899, 900, 901, 1_200, 1_799, 1_800, 3_599, 3_600, 3_601, 9_000],
];

let sockets: readonly FakeSocket[];
let session: Session;
let connection: Connection;
let model: LiveModel;

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
  fakeBrowser();
  sockets = fakeSockets();
  fakeGateway(answer);
  session = createSession();
  session.begin(tokenFor(7 * 86_400), { stay: false });
  open();
});

afterEach(() => {
  close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function open(): void {
  connection = connect(session, "ws://gateway/");
  model = followHome(session, createStore(HOME), connection);
  greet();
}

function close(): void {
  model.close();
  connection.close();
}

/** The newest socket is taken in. */
function greet(): void {
  sockets.at(-1)?.accept();
  sockets.at(-1)?.say({ type: "authenticated" });
}

/** It goes up and down within the hour, and each minute has its own. */
function watts(second: number): number {
  return 2_500 + 1_500 * Math.sin(second / 500) + 300 * (Math.floor(second / 60) % 2);
}

/** In kWh, from the midnight before noon; seconds are counted from noon. */
function drawnUntil(second: number): number {
  let kwh = 0;
  for (let at = -43_200; at < second; at += 1) kwh += watts(at) / 3_600_000;
  return kwh;
}

function secondsNow(): number {
  return Math.floor((Date.now() - NOON) / 1_000);
}

function answer({ path }: Asked): Response {
  if (path.includes("/history")) return json(200, { firstUsageInstant: null, usageList: [] });
  const kwh = drawnUntil(secondsNow() - LAG_SECONDS);
  const mains = { deviceGid: 1, channelNum: "1,2,3", usage: kwh };
  return json(200, { deviceListUsages: { devices: [{ deviceGid: 1, channelUsages: [mains] }] } });
}

function say(second: number, live: { stale?: boolean; nextPollAt?: string } = {}): void {
  const devices = [{ deviceGid: 1, channelUsages: [channel("1,2,3", watts(second))] }];
  sockets
    .at(-1)
    ?.say(frameAt(second, { devices, live: { home: [homeUsing(watts(second))], ...live } }));
}

/** See so many seconds pass, with a sample each. */
async function watch(seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 1) {
    await vi.advanceTimersByTimeAsync(1_000);
    say(secondsNow() - LAG_SECONDS);
  }
  await vi.advanceTimersByTimeAsync(0);
}

/** What the gateway has left of the last time, while it polls for whoever has just come. */
function sayLeftOver(second: number): void {
  say(second, { stale: true, nextPollAt: new Date(Date.now()).toISOString() });
}

function expectTrueFigure(): void {
  const difference = Math.abs(
    (model.today.fromGrid(POWER) ?? Number.NaN) - drawnUntil(secondsNow() - 2),
  );
  expect(difference).toBeLessThan(HALF_A_DIGIT_KWH);
}

test.each(GAPS_SECONDS)("after %i s in which the page was closed", async (gap) => {
  await watch(20);
  const last = secondsNow() - LAG_SECONDS;
  close();
  await vi.advanceTimersByTimeAsync(gap * 1_000);
  open();
  sayLeftOver(last);
  await watch(5);

  expectTrueFigure();
  await watch(90);
  expectTrueFigure();
});

test.each(GAPS_SECONDS)("after %i s without a connection", async (gap) => {
  await watch(20);
  const last = secondsNow() - LAG_SECONDS;
  vi.setSystemTime(Date.now() + gap * 1_000);
  sockets.at(-1)?.break(1006);
  connection.retry();
  greet();
  sayLeftOver(last + Math.min(gap, 5));
  await watch(70);

  expectTrueFigure();
});

test.each(GAPS_SECONDS)("after %i s in which a computer slept", async (gap) => {
  await watch(20);
  vi.setSystemTime(Date.now() + gap * 1_000);
  await watch(70);

  expectTrueFigure();
});

test("after one gap upon the other", async () => {
  for (const gap of [70, 20, 130, 16, 47, 300, 1_000]) {
    await watch(10);
    vi.setSystemTime(Date.now() + gap * 1_000);
  }
  await watch(70);

  expectTrueFigure();
});
