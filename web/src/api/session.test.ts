import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type FakeBrowser, fakeBrowser } from "../fakes/browser.ts";
import {
  type FakeGateway,
  fakeGateway,
  held,
  json,
  refusal,
  unreachable,
} from "../fakes/gateway.ts";
import { tokenFor } from "../fakes/token.ts";
import { deleteAccount, readProfile } from "./client.ts";
import { createSession } from "./session.ts";

const KEY = "emporia-energy-token";
const MINUTE = 60_000;
const HOUR_TOKEN = tokenFor(3_600);
const RENEWED = tokenFor(3_600, "renewed");
const HERE = { stay: false };
const STAY = { stay: true };
const ENDED = "Your sign-in has ended. Please sign in again.";
const REFUSED = () => refusal(401, "In other words.", "token_invalid");

let browser: FakeBrowser;
let gateway: FakeGateway;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-03-01T12:00:00Z") });
  browser = fakeBrowser();
  gateway = fakeGateway(() => json(200, { token: RENEWED }));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function stored(token: string, receivedAt: number): string {
  return JSON.stringify({ token, receivedAt });
}

function pathsAsked(): string[] {
  return gateway.asked.map(({ path }) => path);
}

test("whoever was never here is signed out, and no notice is given", () => {
  expect(createSession().state.get()).toEqual({ kind: "signed-out", notice: null });
  expect(vi.getTimerCount()).toBe(0);
});

test("whoever was here before is signed in", () => {
  browser.sharedStorage.setItem(KEY, stored(HOUR_TOKEN, Date.now()));

  expect(createSession().state.get()).toEqual({ kind: "signed-in", token: HOUR_TOKEN });
});

test.each([
  ["an hour", 3_600, 55 * MINUTE],
  ["a week", 7 * 86_400, 7 * 24 * 60 * MINUTE - 5 * MINUTE],
  ["five seconds", 5, 4_000],
  ["thirty days, longer than a timer can be", 30 * 86_400, (30 * 1_440 - 5) * MINUTE],
])("a token that is good for %s is renewed before it ends, once", async (_, seconds, due) => {
  const token = tokenFor(seconds);
  const session = createSession();
  session.begin(token, HERE);

  await vi.advanceTimersByTimeAsync(due - 1);
  expect(pathsAsked()).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);

  expect(gateway.asked).toMatchObject([{ path: "/token", token: `Bearer ${token}` }]);
  expect(session.state.get()).toEqual({ kind: "signed-in", token: RENEWED });
});

test("the token that is renewed is kept where the old one was, and renewed in its turn", async () => {
  const session = createSession();
  session.begin(HOUR_TOKEN, STAY);
  await vi.advanceTimersByTimeAsync(55 * MINUTE);

  expect(browser.sharedStorage.getItem(KEY)).toBe(stored(RENEWED, Date.now()));
  expect(browser.tabStorage.length).toBe(0);
  await vi.advanceTimersByTimeAsync(55 * MINUTE);
  expect(gateway.asked).toMatchObject([
    { token: `Bearer ${HOUR_TOKEN}` },
    { token: `Bearer ${RENEWED}` },
  ]);
});

test("a reload does not make a token younger than it is", async () => {
  browser.tabStorage.setItem(KEY, stored(HOUR_TOKEN, Date.now() - 50 * MINUTE));
  createSession();

  await vi.advanceTimersByTimeAsync(5 * MINUTE);
  expect(pathsAsked()).toEqual(["/token"]);
});

test("a token whose time has come while the page was closed is renewed at once", async () => {
  browser.tabStorage.setItem(KEY, stored(HOUR_TOKEN, Date.now() - 59 * MINUTE));
  createSession();

  await vi.advanceTimersByTimeAsync(0);
  expect(pathsAsked()).toEqual(["/token"]);
});

test("a token of unknown age, as the clock was set back, is renewed at once", async () => {
  browser.tabStorage.setItem(KEY, stored(HOUR_TOKEN, Date.now() + 60 * MINUTE));
  createSession();

  await vi.advanceTimersByTimeAsync(0);
  expect(pathsAsked()).toEqual(["/token"]);
});

test("a token that can't be read is renewed within the minute", async () => {
  const session = createSession();
  session.begin("not a token", HERE);
  await vi.advanceTimersByTimeAsync(48_000);

  expect(pathsAsked()).toEqual(["/token"]);
});

test("a clock that is set back meanwhile does not put the renewal off", async () => {
  const session = createSession();
  session.begin(HOUR_TOKEN, HERE);
  await vi.advanceTimersByTimeAsync(30 * MINUTE);
  vi.setSystemTime(Date.now() - 120 * MINUTE);
  await vi.advanceTimersByTimeAsync(26 * MINUTE);

  expect(pathsAsked()).toEqual(["/token"]);
});

test("a computer that slept renews as soon as it wakes up", async () => {
  const session = createSession();
  session.begin(HOUR_TOKEN, HERE);
  await vi.advanceTimersByTimeAsync(40 * MINUTE);
  vi.setSystemTime(Date.now() + 17 * MINUTE);
  await vi.advanceTimersByTimeAsync(MINUTE);

  expect(pathsAsked()).toEqual(["/token"]);
});

test.each([
  ["the gateway can't be reached", unreachable],
  ["it has too much to do", () => refusal(429, "Too many calls.")],
  ["it breaks", () => refusal(500, "Something went wrong on our side.")],
])("while %s, a renewal is tried again until it works", async (_, answer) => {
  gateway.answer(answer);
  const session = createSession();
  session.begin(HOUR_TOKEN, HERE);
  await vi.advanceTimersByTimeAsync(56 * MINUTE);

  expect(gateway.asked).toHaveLength(5);
  expect(session.state.get()).toEqual({ kind: "signed-in", token: HOUR_TOKEN });
  gateway.answer(() => json(200, { token: RENEWED }));
  await vi.advanceTimersByTimeAsync(15_000);
  expect(session.state.get()).toEqual({ kind: "signed-in", token: RENEWED });
});

test.each([
  [REFUSED, ENDED],
  [() => refusal(404, "User not found.", "user_not_found"), "User not found."],
])("a login that is over ends the session, and says so", async (answer, notice) => {
  gateway.answer(answer);
  const session = createSession();
  session.begin(HOUR_TOKEN, STAY);
  await vi.advanceTimersByTimeAsync(55 * MINUTE);

  expect(session.state.get()).toEqual({ kind: "signed-out", notice });
  expect(browser.sharedStorage.length).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test("a renewal that comes back after the sign-out changes nothing", async () => {
  const renewal = held();
  gateway.answer(({ path }) => (path === "/token" ? renewal.promise : json(200, {})));
  const session = createSession();
  session.begin(HOUR_TOKEN, HERE);
  await vi.advanceTimersByTimeAsync(55 * MINUTE);
  await session.signOut();
  renewal.settle(json(200, { token: RENEWED }));
  await vi.advanceTimersByTimeAsync(0);

  expect(session.state.get()).toEqual({ kind: "signed-out", notice: null });
  expect(browser.tabStorage.length).toBe(0);
});

test("a request is made with the token, and its answer handed on", async () => {
  const session = createSession();
  session.begin(HOUR_TOKEN, HERE);

  expect(await session.use(async (token) => `with ${token}`)).toBe(`with ${HOUR_TOKEN}`);
});

test("nothing is asked without a token", async () => {
  const session = createSession();

  await expect(session.use(async () => "asked")).rejects.toMatchObject({ status: 401 });
});

test("a token that is refused ends the session", async () => {
  gateway.answer(REFUSED);
  const session = createSession();
  session.begin(HOUR_TOKEN, HERE);

  await expect(session.use(readProfile)).rejects.toMatchObject({ status: 401 });
  expect(session.state.get()).toEqual({ kind: "signed-out", notice: ENDED });
});

test("a wrong password is not a refused token, whatever its sentence", async () => {
  gateway.answer(() => refusal(401, "Invalid or expired token.", "wrong_credentials"));
  const session = createSession();
  session.begin(HOUR_TOKEN, HERE);

  const deleting = session.use((token) => deleteAccount(token, "wrong horse"));
  await expect(deleting).rejects.toMatchObject({ code: "wrong_credentials" });
  expect(session.state.get()).toMatchObject({ kind: "signed-in" });
});

test("the refusal of a token that was renewed meanwhile ends nothing", () => {
  const session = createSession();
  session.begin(HOUR_TOKEN, HERE);
  session.begin(RENEWED, HERE);
  session.refuse(HOUR_TOKEN);

  expect(session.state.get()).toEqual({ kind: "signed-in", token: RENEWED });
});
