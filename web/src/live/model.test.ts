import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSession } from "../api/session.ts";
import type { Live } from "../api/wire.ts";
import { fakeBrowser } from "../fakes/browser.ts";
import { afterNoon, channel, frameAt, homeUsing, liveAt } from "../fakes/frame.ts";
import {
  type Answer,
  type Asked,
  type FakeGateway,
  fakeGateway,
  held,
  json,
  refusal,
} from "../fakes/gateway.ts";
import { type FakeSocket, fakeSockets } from "../fakes/socket.ts";
import { tokenFor } from "../fakes/token.ts";
import { readHome } from "../home/model.ts";
import { powerOf } from "../home/power.ts";
import { createStore } from "../store.ts";
import { type Connection, connect } from "./connection.ts";
import { followHome, type LiveModel } from "./model.ts";

const NOON_SECONDS = Date.parse(afterNoon(0)) / 1_000;
const CUSTOMER = { customerGid: 1, email: "home@example.com" };
const HOME = readHome({
  ...CUSTOMER,
  devices: [
    {
      deviceGid: 1,
      locationProperties: { timeZone: "America/New_York" },
      channels: [{ deviceGid: 1, channelNum: "1", name: "Oven" }],
    },
  ],
});
const POWER = powerOf(homeUsing(0));
const PAST = { firstUsageInstant: afterNoon(-2), usageList: [1 / 3_600, 2 / 3_600] };
const TODAY = { deviceListUsages: { devices: [panel(3_600_000)] } };

let gateway: FakeGateway;
let sockets: readonly FakeSocket[];
let connection: Connection;
let model: LiveModel;
const home = createStore(HOME);

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(afterNoon(0)) });
  fakeBrowser();
  sockets = fakeSockets();
  gateway = fakeGateway(answering());
  const session = createSession();
  session.begin(tokenFor(7 * 86_400), { stay: false });
  home.set(HOME);
  connection = connect(session, "ws://gateway/");
  sockets[0]?.accept();
  sockets[0]?.say({ type: "authenticated" });
  model = followHome(session, home, connection);
});

afterEach(() => {
  model.close();
  connection.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The gateway's answers to what the model asks for. */
function answering({
  past = () => json(200, PAST),
  today = () => json(200, TODAY),
}: {
  past?: Answer;
  today?: Answer;
} = {}): Answer {
  return (asked: Asked) => (asked.path.includes("/history") ? past : today)(asked);
}

function panel(watts: number | null) {
  const channelUsages = [channel("1,2,3", watts), channel("1", watts)];
  return { deviceGid: 1, channelUsages };
}

function sample(second: number, watts: number | null, live: Partial<Live> = {}) {
  return frameAt(second, { devices: [panel(watts)], live: { home: [homeUsing(watts)], ...live } });
}

/** The line of the home. */
function drawn() {
  return model.trackOf(POWER).points;
}

/** The sample of a second after noon, 2 s later, as it comes. */
function bring(second: number, watts: number | null): void {
  vi.setSystemTime(Date.parse(afterNoon(second + 2)));
  sockets[0]?.say(sample(second, watts));
}

/** Let the answers to what was asked come in. */
async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

test("before the first sample there is none, and nothing is asked", () => {
  expect(model.reading.get()).toBeNull();
  expect(gateway.asked).toEqual([]);
});

test("a sample that was there before anybody looked is taken", () => {
  bring(0, 100);
  const session = createSession();
  const late = followHome(session, home, connection);

  expect(late.reading.get()?.homes[0]?.watts).toBe(100);
  late.close();
});

test("the first sample brings the past and the day's energy, asked for once", async () => {
  bring(0, 3_000);
  bring(0, 3_000);
  bring(1, 4_000);
  await settle();

  expect(gateway.asked.map(({ path }) => path.split("?")[0])).toEqual([
    "/devices/1/history",
    "/devices/instant",
  ]);
  expect(drawn().seconds).toEqual([-2, -1, 0, 1].map((one) => NOON_SECONDS + one));
  expect(drawn().watts).toEqual([1_000, 2_000, 3_000, 4_000]);
  expect(model.today.fromGrid(POWER)).toBeCloseTo(1 + 3 / 3_600, 9);
});

test("a repeated sample is told to nobody", () => {
  const seen: (number | null)[] = [];
  model.reading.subscribe(() => seen.push(model.reading.get()?.homes[0]?.watts ?? null));
  bring(0, 100);
  bring(0, 100);
  bring(1, 100);

  expect(seen).toEqual([100, 100]);
});

test("a home that is read anew names the next sample's circuits", () => {
  bring(0, 100);
  const oven = { deviceGid: 1, channelNum: "1", name: "Range" };
  home.set(readHome({ ...CUSTOMER, devices: [{ deviceGid: 1, channels: [oven] }] }));
  bring(1, 100);

  expect(model.reading.get()?.rows.map(({ name }) => name)).toEqual(["Range"]);
});

test("what could not be had is said, each by itself, and asked for again", async () => {
  gateway.answer(
    answering({
      past: () => refusal(504, "Emporia's cloud did not answer in time."),
      today: () => refusal(503, "Emporia's cloud is not available right now."),
    }),
  );
  bring(0, 100);
  await settle();
  const past = "The last minutes are missing: Emporia's cloud did not answer in time.";
  const today = "Today's energy is missing: Emporia's cloud is not available right now.";
  expect(model.notice.get()).toBe(`${past} ${today}`);

  gateway.answer(answering());
  bring(300, 100);
  await settle();
  expect(model.notice.get()).toBeNull();
  expect(gateway.asked).toHaveLength(4);
});

test("what the gateway had left over from the last time is no part of the line", async () => {
  vi.setSystemTime(Date.parse(afterNoon(150)));
  const old = { stale: true, nextPollAt: afterNoon(150) };
  sockets[0]?.say(sample(0, 9_000, old));
  bring(149, 3_000);

  expect(model.reading.get()?.homes[0]?.watts).toBe(3_000);
  expect(drawn().watts).toEqual([3_000]);
});

test("a step lasts until the next poll where samples are rare", () => {
  bring(0, 100);
  bring(1, 200);
  sockets[0]?.say(sample(1, 200, { stale: true, nextPollAt: afterNoon(60) }));
  bring(58, 300);

  expect(drawn().watts).toEqual([100, 200, 300]);
});

test("polls that fail announce no sample: the line has a hole, and it is asked for", async () => {
  bring(0, 100);
  bring(1, 200);
  await settle();
  sockets[0]?.say({ type: "error", message: "In other words.", code: "polls_failing" });
  sockets[0]?.say(sample(1, 200, { stale: true, nextPollAt: afterNoon(90) }));
  gateway.answer(answering({ past: () => json(200, { ...PAST, usageList: [] }) }));
  bring(92, 300);
  await settle();

  expect(drawn().watts.slice(-3)).toEqual([200, null, 300]);
  expect(gateway.asked.filter(({ path }) => path.includes("/history"))).toHaveLength(2);
});

test("each home has a line of its own, and a past", async () => {
  const cabin = homeUsing(500, { name: "Cabin", deviceGids: [2, 3], gridGids: [2] });
  vi.setSystemTime(Date.parse(afterNoon(2)));
  sockets[0]?.say(frameAt(0, { live: { home: [homeUsing(null), cabin] } }));
  await settle();

  expect(drawn().watts).toEqual([1_000, 2_000, null]);
  expect(model.trackOf(powerOf(cabin)).points.watts).toEqual([1_000, 2_000, 500]);
  const histories = gateway.asked.filter(({ path }) => path.includes("/history"));
  expect(histories.map(({ path }) => path.split("?")[0])).toEqual([
    "/devices/1/history",
    "/devices/2/history",
  ]);
});

test("devices that the home does not know are told of", () => {
  bring(0, 100);
  expect(model.hasStrangers.get()).toBe(false);
  const stranger = { ...panel(5), deviceGid: 7 };
  vi.setSystemTime(Date.parse(afterNoon(3)));
  sockets[0]?.say(frameAt(1, { devices: [panel(100), stranger] }));

  expect(model.hasStrangers.get()).toBe(true);
});

test("an answer that comes late puts the past before what came meanwhile", async () => {
  const late = held();
  gateway.answer(answering({ past: () => late.promise }));
  bring(0, 3_000);
  bring(1, 4_000);
  late.settle(json(200, PAST));
  await settle();

  expect(drawn().watts).toEqual([1_000, 2_000, 3_000, 4_000]);
});

test("the line ends with the newest sample, and moves on from when that was received", () => {
  bring(0, 100);
  expect(model.lineEnd()).toBe(NOON_SECONDS);
  vi.advanceTimersByTime(500);
  expect(model.lineEnd()).toBe(NOON_SECONDS + 0.5);
});

test("a browser whose clock is wrong sees the line end where it should", () => {
  vi.setSystemTime(Date.parse(afterNoon(7_202)));
  sockets[0]?.say(frameAt(0, { live: { nextPollAt: liveAt(0).receivedAt } }));

  expect(model.lineEnd()).toBe(NOON_SECONDS);
});

test("once closed it hears nothing more", () => {
  model.close();
  bring(0, 100);

  expect(model.reading.get()).toBeNull();
});
