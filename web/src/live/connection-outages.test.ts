import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSession } from "../api/session.ts";
import { fakeBrowser } from "../fakes/browser.ts";
import { afterNoon, frameAt } from "../fakes/frame.ts";
import { type FakeSocket, fakeSockets } from "../fakes/socket.ts";
import { tokenFor } from "../fakes/token.ts";
import { type Connection, connect } from "./connection.ts";

const AUTHENTICATED = { type: "authenticated", message: "Authentication successful." };
const POLLS_FAIL = { type: "error", message: "In other words.", code: "polls_failing" };

let sockets: readonly FakeSocket[];
let connection: Connection;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(afterNoon(0)) });
  fakeBrowser();
  sockets = fakeSockets();
  const session = createSession();
  session.begin(tokenFor(3_600), { stay: true });
  connection = connect(session, "ws://gateway/");
});

afterEach(() => {
  connection.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function say(message: unknown): void {
  sockets.at(-1)?.say(message);
}

function welcome(): void {
  sockets.at(-1)?.accept();
  say(AUTHENTICATED);
}

/** A stream that brings frames. */
function goLive(): void {
  welcome();
  say(frameAt(0));
}

test("polls that fail are said, and so is the first new sample after", () => {
  goLive();
  say(POLLS_FAIL);
  say(frameAt(0));
  expect(connection.isFailing.get()).toBe(true);
  say(frameAt(60));

  expect(connection.isFailing.get()).toBe(false);
});

test("whoever comes while polls fail sees the last sample, and not that all is well", () => {
  welcome();
  say(POLLS_FAIL);
  say(frameAt(0));
  vi.advanceTimersByTime(1_000);
  say(frameAt(0));
  expect(connection.isFailing.get()).toBe(true);
  vi.advanceTimersByTime(1_000);
  say(frameAt(2));

  expect(connection.isFailing.get()).toBe(false);
});

test("the first sample of all ends an outage that was there from the beginning", () => {
  welcome();
  say(POLLS_FAIL);
  vi.advanceTimersByTime(4_000);
  say(frameAt(4));

  expect(connection.isFailing.get()).toBe(false);
});

test("an outage that is over when the line is back is forgotten, the gateway would say", () => {
  goLive();
  say(POLLS_FAIL);
  sockets.at(-1)?.break(1012);
  vi.advanceTimersByTime(1_000);
  goLive();

  expect(connection.isFailing.get()).toBe(false);
});
