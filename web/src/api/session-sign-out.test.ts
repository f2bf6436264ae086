import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type FakeBrowser, fakeBrowser } from "../fakes/browser.ts";
import {
  type FakeGateway,
  fakeGateway,
  held,
  refusal,
  silence,
  unreachable,
} from "../fakes/gateway.ts";
import { tokenFor } from "../fakes/token.ts";
import { createSession } from "./session.ts";

const HOUR_TOKEN = tokenFor(3_600);
const HERE = { stay: false };
const STAY = { stay: true };

let browser: FakeBrowser;
let gateway: FakeGateway;

beforeEach(() => {
  vi.useFakeTimers();
  browser = fakeBrowser();
  gateway = fakeGateway(() => new Response(null, { status: 204 }));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a sign-out ends the login at the gateway, and leaves nothing here", async () => {
  const session = createSession();
  session.begin(HOUR_TOKEN, STAY);
  await session.signOut();

  expect(gateway.asked).toMatchObject([{ path: "/logout", token: `Bearer ${HOUR_TOKEN}` }]);
  expect(session.state.get()).toEqual({ kind: "signed-out", notice: null });
  expect(browser.sharedStorage.length).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test("a sign-out does not wait for the gateway", () => {
  gateway.answer(silence);
  const session = createSession();
  session.begin(HOUR_TOKEN, HERE);
  void session.signOut();

  expect(session.state.get()).toEqual({ kind: "signed-out", notice: null });
});

test("a sign-out that the gateway does not hear of says so", async () => {
  gateway.answer(unreachable);
  const session = createSession();
  session.begin(HOUR_TOKEN, HERE);
  await session.signOut();

  expect(session.state.get()).toEqual({
    kind: "signed-out",
    notice:
      "You are signed out in this browser, but the gateway could not be told: " +
      "The gateway can't be reached.",
  });
});

test.each([
  [() => refusal(401, "In other words.", "token_invalid")],
  [() => refusal(404, "User not found.", "user_not_found")],
])("a sign-out from a login that had ended already needs no word", async (answer) => {
  gateway.answer(answer);
  const session = createSession();
  session.begin(HOUR_TOKEN, HERE);
  await session.signOut();

  expect(session.state.get()).toEqual({ kind: "signed-out", notice: null });
});

test("whoever has signed in again is not thrown out by the end of a slow sign-out", async () => {
  const goodbye = held();
  gateway.answer(() => goodbye.promise);
  const session = createSession();
  session.begin(HOUR_TOKEN, HERE);
  const signingOut = session.signOut();
  session.begin(tokenFor(3_600, "again"), HERE);
  goodbye.settle(unreachable());
  await signingOut;

  expect(session.state.get()).toEqual({ kind: "signed-in", token: tokenFor(3_600, "again") });
});
