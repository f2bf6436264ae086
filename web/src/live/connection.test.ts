import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSession, type Session } from "../api/session.ts";
import { type FakeBrowser, fakeBrowser } from "../fakes/browser.ts";
import { afterNoon, frameAt } from "../fakes/frame.ts";
import { fakeGateway, json } from "../fakes/gateway.ts";
import { type FakeSocket, fakeSockets } from "../fakes/socket.ts";
import { tokenFor } from "../fakes/token.ts";
import { type Connection, connect, type LinkState } from "./connection.ts";

const ADDRESS = "ws://gateway/";
const TOKEN = tokenFor(3_600);
const RENEWED = tokenFor(3_600, "renewed");
const SUBSCRIBE = {
  type: "subscribe",
  scale: "1S",
  energyUnit: "KilowattHours",
  extras: ["flows"],
};
const AUTHENTICATED = { type: "authenticated", message: "Authentication successful." };

let browser: FakeBrowser;
let sockets: readonly FakeSocket[];
let session: Session;
let connection: Connection;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(afterNoon(0)) });
  vi.spyOn(Math, "random").mockReturnValue(1);
  browser = fakeBrowser();
  fakeGateway(() => json(200, { token: RENEWED }));
  sockets = fakeSockets();
  session = createSession();
  session.begin(TOKEN, { stay: true });
  connection = connect(session, ADDRESS);
});

afterEach(() => {
  connection.close();
  // A renewal that is under way must not come back to a browser that is gone.
  session.end("The test is over.");
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The newest socket. */
function line(): FakeSocket {
  const newest = sockets.at(-1);
  if (newest === undefined) throw new Error("No socket was opened.");
  return newest;
}

function welcome(): void {
  line().accept();
  line().say(AUTHENTICATED);
}

/** A stream that brings frames. */
function goLive(): void {
  welcome();
  line().say(frameAt(0));
}

function kind(): LinkState["kind"] {
  return connection.state.get().kind;
}

/** Until the next try, in milliseconds. */
function pause(): number {
  const state = connection.state.get();
  return state.kind === "waiting" ? state.until - Date.now() : Number.NaN;
}

test("it says who it is before anything else, and then what it wants to see", () => {
  expect(line().url).toBe(ADDRESS);
  expect(kind()).toBe("connecting");
  line().accept();
  expect(line().sent).toEqual([{ type: "authenticate", token: TOKEN }]);
  expect(kind()).toBe("connecting");

  line().say(AUTHENTICATED);
  expect(line().sent.slice(1)).toEqual([SUBSCRIBE]);
  expect(kind()).toBe("open");
});

test("a frame is there for whoever looks, and each is told", () => {
  const seen: (string | undefined)[] = [];
  connection.frame.subscribe(() => seen.push(connection.frame.get()?.usages.instant));
  welcome();
  line().say(frameAt(0));
  line().say(frameAt(0));
  line().say(frameAt(1));

  expect(seen).toEqual([afterNoon(0), afterNoon(0), afterNoon(1)]);
});

test("a fresh token goes out on the same socket, and nothing else happens", () => {
  goLive();
  session.begin(RENEWED, { stay: true });
  line().say(AUTHENTICATED);

  expect(sockets).toHaveLength(1);
  expect(line().sent.slice(2)).toEqual([{ type: "authenticate", token: RENEWED }]);
  expect(kind()).toBe("open");
});

test("a token that is renewed before the socket is open is the one that is sent", () => {
  session.begin(RENEWED, { stay: true });
  line().accept();

  expect(line().sent).toEqual([{ type: "authenticate", token: RENEWED }]);
});

test("pauses between tries grow while no frame comes, a welcome alone does not count", () => {
  const waited = [1, 2, 3, 4].map(() => {
    welcome();
    line().break(1012);
    const milliseconds = pause();
    vi.advanceTimersByTime(milliseconds);
    return milliseconds;
  });

  expect(waited).toEqual([1_000, 2_000, 4_000, 8_000]);
  goLive();
  line().break(1012);
  expect(pause()).toBe(1_000);
});

test.each([1000, 1001, 1006, 1009, 1011, 1012, 4408, 4410])(
  "after a close with %i it comes back by itself",
  (code) => {
    goLive();
    line().break(code);
    expect(kind()).toBe("waiting");
    vi.advanceTimersByTime(1_000);

    expect(sockets).toHaveLength(2);
    expect(kind()).toBe("connecting");
    welcome();
    expect(kind()).toBe("open");
  },
);

test.each([
  [4424, "Error fetching devices."],
  [4429, "Too many streams are open for this user."],
])("a close with %i ends it until somebody acts", (code, sentence) => {
  goLive();
  line().say({ type: "error", message: sentence });
  line().break(code);
  expect(connection.state.get()).toEqual({ kind: "ended", sentence });

  browser.goOnline();
  browser.show();
  vi.advanceTimersByTime(60 * 60_000);
  expect(sockets).toHaveLength(1);
  expect(session.state.get().kind).toBe("signed-in");

  connection.retry();
  goLive();
  expect(sockets).toHaveLength(2);
  expect(kind()).toBe("open");
});

test.each([
  ["no_devices", "No Emporia account is linked. Link yours under Account."],
  ["link_dead", "Emporia has ended the link. Link your Emporia account again under Account."],
])("an end by %s says what is to be done", (code, sentence) => {
  goLive();
  line().say({ type: "error", message: "Error fetching devices.", code });
  line().break(4424);

  expect(connection.state.get()).toEqual({ kind: "ended", sentence, code });
});

test("an end by another code is told in the gateway's own words", () => {
  goLive();
  line().say({ type: "error", message: "In other words.", code: "too_many_streams" });
  line().break(4429);

  expect(connection.state.get()).toEqual({
    kind: "ended",
    sentence: "In other words.",
    code: "too_many_streams",
  });
});

test("an end without a reason is told in a sentence all the same", () => {
  goLive();
  line().break(4429);

  expect(connection.state.get()).toEqual({
    kind: "ended",
    sentence: "The gateway has ended the stream.",
  });
});

test.each([
  [4401, "Invalid or expired token.", "Your sign-in has ended. Please sign in again."],
  [4404, "User not found.", "User not found."],
])("a close with %i ends the session too", (code, sentence, notice) => {
  line().accept();
  line().say({ type: "error", message: sentence });
  line().break(code);

  expect(session.state.get()).toEqual({ kind: "signed-out", notice });
  expect(kind()).toBe("ended");
});

test("whoever has just signed out, or left for good, is told nothing more", () => {
  goLive();
  session.end("The account is deleted.");
  line().say({ type: "error", message: "User not found." });
  line().break(4404);

  expect(session.state.get()).toEqual({ kind: "signed-out", notice: "The account is deleted." });
  expect(kind()).toBe("ended");
});

test("the end of a token that was renewed too late to be taken up is not the end", () => {
  goLive();
  session.begin(RENEWED, { stay: true });
  line().say({ type: "error", message: "Invalid or expired token." });
  line().break(4401);
  vi.advanceTimersByTime(1_000);
  line().accept();

  expect(line().sent).toEqual([{ type: "authenticate", token: RENEWED }]);
  expect(session.state.get()).toEqual({ kind: "signed-in", token: RENEWED });
});

test("the fresh token that is refused on a socket of its own is", () => {
  goLive();
  session.begin(RENEWED, { stay: true });
  line().break(4401);
  vi.advanceTimersByTime(1_000);
  line().accept();
  line().break(4401);

  expect(session.state.get().kind).toBe("signed-out");
  expect(kind()).toBe("ended");
});

test("a click tries again at once, and once", () => {
  goLive();
  line().break(1006);
  connection.retry();
  connection.retry();
  vi.advanceTimersByTime(5_000);

  expect(sockets).toHaveLength(2);
});

test.each<[string, () => void]>([
  ["a network that is back", () => browser.goOnline()],
  ["somebody who looks again", () => browser.show()],
])("%s is not kept waiting", (_, happen) => {
  goLive();
  line().break(1006);
  happen();

  expect(sockets).toHaveLength(2);
  expect(kind()).toBe("connecting");
});

test("a page that is hidden, or that is live already, opens nothing", () => {
  goLive();
  browser.goOnline();
  browser.show();
  line().break(1006);
  browser.hide();

  expect(sockets).toHaveLength(1);
});

test("a socket that was given up is not heard any more", () => {
  goLive();
  const old = line();
  old.break(1006);
  connection.retry();
  goLive();
  old.say(frameAt(9));
  old.break(4401);

  expect(connection.frame.get()?.usages.instant).toBe(afterNoon(0));
  expect(kind()).toBe("open");
  expect(session.state.get().kind).toBe("signed-in");
});

test("with a panel it asks for that panel's true seconds, and says where there are none", () => {
  connection.close();
  connection = connect(session, ADDRESS, 7);
  welcome();
  expect(line().sent.at(-1)).toEqual({ ...SUBSCRIBE, mode: "replay", devices: [7] });
  expect(connection.refusal.get()).toBeNull();

  line().say({ type: "error", message: "None to be had.", code: "seconds_flat" });
  expect(connection.refusal.get()).toBe("None to be had.");
});

test("seconds that are left out end nothing", () => {
  connection.close();
  connection = connect(session, ADDRESS, 7);
  welcome();
  line().say({ type: "error", message: "Some were late.", code: "seconds_skipped" });

  expect(connection.refusal.get()).toBeNull();
});

test("without a panel nothing is said of true seconds", () => {
  welcome();
  line().say({ type: "error", message: "No such device.", code: "unknown_device" });

  expect(connection.refusal.get()).toBeNull();
});
