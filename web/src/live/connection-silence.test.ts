import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSession } from "../api/session.ts";
import { type FakeBrowser, fakeBrowser } from "../fakes/browser.ts";
import { frameAt } from "../fakes/frame.ts";
import { fakeGateway, json } from "../fakes/gateway.ts";
import { type FakeSocket, fakeSockets } from "../fakes/socket.ts";
import { tokenFor } from "../fakes/token.ts";
import { type Connection, connect } from "./connection.ts";

const AUTHENTICATED = { type: "authenticated", message: "Authentication successful." };
const SUBSCRIBE = {
  type: "subscribe",
  scale: "1S",
  energyUnit: "KilowattHours",
  extras: ["flows"],
};

let browser: FakeBrowser;
let sockets: readonly FakeSocket[];
let connection: Connection;
let listenersBefore: number;
let timersBefore: number;

beforeEach(() => {
  vi.useFakeTimers();
  browser = fakeBrowser();
  fakeGateway(() => json(200, {}));
  sockets = fakeSockets();
  const session = createSession();
  session.begin(tokenFor(7 * 86_400), { stay: false });
  listenersBefore = browser.listeners();
  timersBefore = vi.getTimerCount();
  connection = connect(session, "ws://gateway/");
});

afterEach(() => {
  connection.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function kind() {
  return connection.state.get().kind;
}

/** The gateway takes the connection, and the token. */
function welcome(): void {
  sockets.at(-1)?.accept();
  sockets.at(-1)?.say(AUTHENTICATED);
}

test("a gateway that does not take the connection is given up, and tried again", () => {
  vi.advanceTimersByTime(11_999);
  expect(kind()).toBe("connecting");
  vi.advanceTimersByTime(1);

  expect(kind()).toBe("waiting");
  expect(sockets[0]?.wasClosed).toBe(true);
});

test("a gateway that takes the connection and says nothing is given up too", () => {
  sockets[0]?.accept();
  vi.advanceTimersByTime(12_000);

  expect(kind()).toBe("waiting");
  expect(sockets[0]?.wasClosed).toBe(true);
});

test("frames that stop for twelve seconds mean that the line is dead", () => {
  welcome();
  sockets[0]?.say(frameAt(0));
  vi.advanceTimersByTime(11_000);
  expect(kind()).toBe("open");
  vi.advanceTimersByTime(1_000);

  expect(kind()).toBe("waiting");
  expect(sockets[0]?.wasClosed).toBe(true);
});

test("frames that come keep it open, whether or not they bring anything new", () => {
  welcome();
  for (const _ of Array.from({ length: 120 })) {
    sockets[0]?.say(frameAt(0));
    vi.advanceTimersByTime(1_000);
  }

  expect(kind()).toBe("open");
  expect(sockets[0]?.sent.slice(2)).toEqual([]);
});

test("while Emporia has never answered, a gateway that answers is enough", () => {
  welcome();
  for (const _ of [1, 2, 3, 4, 5]) {
    vi.advanceTimersByTime(6_000);
    expect(sockets[0]?.sent.at(-1)).toEqual(SUBSCRIBE);
    sockets[0]?.say({ type: "subscribed", scale: "1S" });
  }

  expect(kind()).toBe("open");
  expect(sockets).toHaveLength(1);
  expect(sockets[0]?.sent.slice(2)).toEqual([
    SUBSCRIBE,
    SUBSCRIBE,
    SUBSCRIBE,
    SUBSCRIBE,
    SUBSCRIBE,
  ]);
});

test("a line that dies before the first frame is noticed too", () => {
  welcome();
  vi.advanceTimersByTime(12_000);

  expect(kind()).toBe("waiting");
});

test.each<[string, () => void]>([
  ["while it connects", () => {}],
  ["while it is welcomed", () => sockets[0]?.accept()],
  ["while it waits for the first frame", welcome],
  [
    "while it is live",
    () => {
      welcome();
      sockets[0]?.say(frameAt(0));
    },
  ],
  [
    "while the line is silent",
    () => {
      welcome();
      vi.advanceTimersByTime(8_000);
    },
  ],
  ["while it waits to try again", () => sockets[0]?.break(1006)],
  ["after its end", () => sockets[0]?.break(4424)],
])("closed %s, it leaves no timer, no listener and no socket", (_, happen) => {
  happen();
  connection.close();

  expect(vi.getTimerCount()).toBe(timersBefore);
  expect(browser.listeners()).toBe(listenersBefore);
  expect(sockets[0]?.readyState).not.toBe(1);
});

test("closed while it connects, its socket is not broken off but ends once it is open", () => {
  connection.close();
  expect(sockets[0]?.wasBrokenOff).toBe(false);
  sockets[0]?.accept();

  expect(sockets[0]?.wasClosed).toBe(true);
  expect(sockets[0]?.sent).toEqual([]);
});

test("once closed, nothing opens it again", () => {
  connection.close();
  connection.retry();
  browser.goOnline();
  browser.show();
  sockets[0]?.accept();
  sockets[0]?.break(1006);
  vi.advanceTimersByTime(60_000);

  expect(sockets).toHaveLength(1);
  expect(sockets[0]?.sent).toEqual([]);
});
