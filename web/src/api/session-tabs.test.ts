import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type FakeBrowser, fakeBrowser } from "../fakes/browser.ts";
import { type FakeGateway, fakeGateway, json, refusal } from "../fakes/gateway.ts";
import { tokenFor } from "../fakes/token.ts";
import { createSession, type Session } from "./session.ts";

const KEY = "emporia-energy-token";
const MINUTE = 60_000;
const HOUR_TOKEN = tokenFor(3_600);
const RENEWED = tokenFor(3_600, "renewed");
const SOMEBODY_ELSES = tokenFor(3_600, "else", "grace");
const HERE = { stay: false };
const STAY = { stay: true };

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

function stored(token: string, receivedAt = Date.now()): string {
  return JSON.stringify({ token, receivedAt });
}

test("a sign-in in another tab is one here", () => {
  const session = createSession();
  browser.otherTabStores(KEY, stored(HOUR_TOKEN));

  expect(session.state.get()).toEqual({ kind: "signed-in", token: HOUR_TOKEN });
});

test("a renewal in another tab spares this one its own", async () => {
  const session = createSession();
  session.begin(HOUR_TOKEN, STAY);
  await vi.advanceTimersByTimeAsync(54 * MINUTE);
  browser.otherTabStores(KEY, stored(RENEWED));
  await vi.advanceTimersByTimeAsync(50 * MINUTE);

  expect(session.state.get()).toEqual({ kind: "signed-in", token: RENEWED });
  expect(gateway.asked).toEqual([]);
});

test("a sign-out in another tab is one here, and leaves who signs in after it alone", () => {
  const session = createSession();
  session.begin(HOUR_TOKEN, STAY);
  browser.otherTabStores(KEY, null);
  expect(session.state.get()).toEqual({ kind: "signed-out", notice: null });

  browser.otherTabStores(KEY, stored(RENEWED));
  expect(session.state.get()).toEqual({ kind: "signed-in", token: RENEWED });
  expect(vi.getTimerCount()).toBe(1);
});

test("a browser that is cleared signs out", () => {
  const session = createSession();
  session.begin(HOUR_TOKEN, STAY);
  browser.otherTabClears();

  expect(session.state.get()).toMatchObject({ kind: "signed-out" });
});

test("a login of this tab alone goes its own way, whatever others do", async () => {
  const session = createSession();
  session.begin(HOUR_TOKEN, HERE);
  const other = stored(tokenFor(3_600, "other"));
  browser.otherTabStores(KEY, other);
  expect(session.state.get()).toEqual({ kind: "signed-in", token: HOUR_TOKEN });

  await vi.advanceTimersByTimeAsync(55 * MINUTE);
  expect(session.state.get()).toEqual({ kind: "signed-in", token: RENEWED });
  expect(browser.sharedStorage.getItem(KEY)).toBe(other);
  await session.signOut();
  expect(browser.sharedStorage.getItem(KEY)).toBe(other);
});

test("whoever has signed out of this tab is not taken back in by another tab's renewal", async () => {
  const session = createSession();
  session.begin(HOUR_TOKEN, HERE);
  browser.otherTabStores(KEY, stored(tokenFor(3_600, "other")));
  await session.signOut();
  browser.otherTabStores(KEY, stored(RENEWED));

  expect(session.state.get()).toEqual({ kind: "signed-out", notice: null });
});

test("a tab that was frozen takes what another has renewed, and does not end it", async () => {
  gateway.answer(() => refusal(401, "In other words.", "token_invalid"));
  const session = createSession();
  session.begin(HOUR_TOKEN, STAY);
  browser.sharedStorage.setItem(KEY, stored(RENEWED));
  session.refuse(HOUR_TOKEN);

  expect(session.state.get()).toEqual({ kind: "signed-in", token: RENEWED });
  expect(browser.sharedStorage.length).toBe(1);
});

test("a renewal that is due first looks whether another tab has made it", async () => {
  const session = createSession();
  session.begin(HOUR_TOKEN, STAY);
  await vi.advanceTimersByTimeAsync(54 * MINUTE);
  browser.sharedStorage.setItem(KEY, stored(RENEWED));
  await vi.advanceTimersByTimeAsync(MINUTE);

  expect(session.state.get()).toEqual({ kind: "signed-in", token: RENEWED });
  expect(gateway.asked).toEqual([]);
});

test("a sign-out ends what another tab has renewed, and not what it replaced", async () => {
  const session = createSession();
  session.begin(HOUR_TOKEN, STAY);
  browser.sharedStorage.setItem(KEY, stored(RENEWED));
  await session.signOut();

  expect(gateway.asked).toMatchObject([{ path: "/logout", token: `Bearer ${RENEWED}` }]);
  expect(browser.sharedStorage.length).toBe(0);
});

test("somebody else's sign-in in another tab has this page begin anew with it", () => {
  const pages: Session[] = [];
  const session = createSession(() => pages.push(createSession()));
  session.begin(HOUR_TOKEN, STAY);
  browser.otherTabStores(KEY, stored(SOMEBODY_ELSES));

  expect(session.state.get()).toEqual({ kind: "signed-out", notice: null });
  expect(pages.map(({ state }) => state.get())).toEqual([
    { kind: "signed-in", token: SOMEBODY_ELSES },
  ]);
});

test("a tab that was frozen begins anew with who has signed in meanwhile", async () => {
  const pages: Session[] = [];
  const session = createSession(() => pages.push(createSession()));
  session.begin(HOUR_TOKEN, STAY);
  browser.sharedStorage.setItem(KEY, stored(SOMEBODY_ELSES));
  await vi.advanceTimersByTimeAsync(55 * MINUTE);

  expect(session.state.get()).toEqual({ kind: "signed-out", notice: null });
  expect(pages.map(({ state }) => state.get())).toEqual([
    { kind: "signed-in", token: SOMEBODY_ELSES },
  ]);
});

test("a refusal of the former person's token does not end the next one's login", () => {
  const pages: Session[] = [];
  const session = createSession(() => pages.push(createSession()));
  session.begin(HOUR_TOKEN, STAY);
  browser.sharedStorage.setItem(KEY, stored(SOMEBODY_ELSES));
  session.refuse(HOUR_TOKEN);

  expect(session.state.get()).toEqual({ kind: "signed-out", notice: null });
  expect(pages.map(({ state }) => state.get())).toEqual([
    { kind: "signed-in", token: SOMEBODY_ELSES },
  ]);
});

test("a sign-out ends one's own login, and not that of who has signed in meanwhile", async () => {
  const other = stored(SOMEBODY_ELSES);
  const session = createSession();
  session.begin(HOUR_TOKEN, STAY);
  browser.sharedStorage.setItem(KEY, other);
  await session.signOut();

  expect(gateway.asked).toMatchObject([{ path: "/logout", token: `Bearer ${HOUR_TOKEN}` }]);
  expect(session.state.get()).toEqual({ kind: "signed-out", notice: null });
  expect(browser.sharedStorage.getItem(KEY)).toBe(other);
});
