import { afterEach, expect, test, vi } from "vitest";
import { fakeGateway, json, refusal, silence, unreachable } from "../fakes/gateway.ts";
import {
  ApiError,
  deleteAccount,
  linkEmporia,
  listDevices,
  logIn,
  logOut,
  readBudget,
  readHistory,
  readInstant,
  readLink,
  readProfile,
  renewToken,
  signUp,
  unlinkEmporia,
} from "./client.ts";

const ADA = { email: "ada@example.com", password: "a long password" };
const NOON = new Date("2026-03-01T12:00:00Z");

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function failureOf(request: Promise<unknown>): Promise<unknown> {
  return request.then(
    () => null,
    (failure: unknown) => failure,
  );
}

test("a login tells who it is in the body, and nowhere else", async () => {
  const gateway = fakeGateway(() => json(200, { token: "a.b.c" }));

  expect(await logIn(ADA)).toBe("a.b.c");
  expect(gateway.asked).toEqual([
    {
      method: "POST",
      path: "/login",
      token: null,
      mediaType: "application/json",
      accept: "application/problem+json, application/json",
      body: ADA,
    },
  ]);
});

test.each<[string, () => Promise<unknown>, { method: string; path: string; body: unknown }]>([
  ["a sign-up", () => signUp(ADA), { method: "POST", path: "/signup", body: ADA }],
  ["a renewal", () => renewToken("t"), { method: "POST", path: "/token", body: null }],
  ["a sign-out", () => logOut("t"), { method: "POST", path: "/logout", body: null }],
  ["the profile", () => readProfile("t"), { method: "GET", path: "/me", body: null }],
  ["the budget", () => readBudget("t"), { method: "GET", path: "/me/budget", body: null }],
  [
    "the devices",
    () => listDevices("t"),
    { method: "GET", path: "/devices?stale=true", body: null },
  ],
  [
    "an unlinking",
    () => unlinkEmporia("t"),
    { method: "DELETE", path: "/emporia-auth", body: null },
  ],
  [
    "a link",
    () =>
      linkEmporia("t", { username: "home@example.com", password: "secret", keepPassword: false }),
    {
      method: "POST",
      path: "/emporia-auth",
      body: { emporiaUsername: "home@example.com", emporiaPassword: "secret" },
    },
  ],
  [
    "a link that renews itself",
    () =>
      linkEmporia("t", { username: "home@example.com", password: "secret", keepPassword: true }),
    {
      method: "POST",
      path: "/emporia-auth",
      body: {
        emporiaUsername: "home@example.com",
        emporiaPassword: "secret",
        keepPassword: true,
      },
    },
  ],
  ["how the link stands", () => readLink("t"), { method: "GET", path: "/me/link", body: null }],
  [
    "an account's end",
    () => deleteAccount("t", "secret"),
    { method: "DELETE", path: "/me", body: { password: "secret" } },
  ],
])("%s asks as the gateway documents it", async (_, ask, expected) => {
  const gateway = fakeGateway(() => json(200, { token: "a.b.c" }));
  await ask();

  expect(gateway.asked).toMatchObject([expected]);
});

test("a question about the home carries the token, and no body", async () => {
  const gateway = fakeGateway(() => json(200, { devices: [] }));
  await listDevices("a.b.c");

  expect(gateway.asked).toMatchObject([{ token: "Bearer a.b.c", mediaType: null, body: null }]);
});

test.each<[string | null, number | null]>([
  [null, null],
  ["0", 0],
  ["720", 720_000],
])("devices of the age %j are %j milliseconds old", async (age, ageMilliseconds) => {
  fakeGateway(() => {
    const answer = json(200, { devices: [] });
    if (age !== null) answer.headers.set("Age", age);
    return answer;
  });

  expect(await listDevices("t")).toEqual({ customer: { devices: [] }, ageMilliseconds });
});

test.each<[string | null, number]>([
  [null, 0],
  ["15", 15_000],
  ["-3", 0],
  ["tomorrow", 0],
])(
  "a refusal with Retry-After %j is to be left alone for %j ms",
  async (after, pauseMilliseconds) => {
    fakeGateway(() => {
      const answer = json(503, { detail: "Not now.", code: "emporia_unavailable" });
      if (after !== null) answer.headers.set("Retry-After", after);
      return answer;
    });

    await expect(listDevices("t")).rejects.toMatchObject({ status: 503, pauseMilliseconds });
  },
);

test("times and the mains are written so that they survive an address", async () => {
  const gateway = fakeGateway(() => json(200, { firstUsageInstant: null, usageList: [] }));
  await readHistory("t", {
    deviceGid: 7,
    channel: "1,2,3",
    start: NOON,
    end: new Date("2026-03-01T13:00:00Z"),
    scale: "1S",
    energyUnit: "KilowattHours",
  });

  const asked = new URL(gateway.asked[0]?.path ?? "", "http://gateway");
  expect(asked.pathname).toBe("/devices/7/history");
  expect(Object.fromEntries(asked.searchParams)).toEqual({
    channels: "1,2,3",
    start: "2026-03-01T12:00:00.000Z",
    end: "2026-03-01T13:00:00.000Z",
    scale: "1S",
    energyUnit: "KilowattHours",
  });
});

test("an instant is told at the scale and in the unit that were asked for", async () => {
  const usages = { instant: "2026-03-01T12:00:00Z", scale: "1D", devices: [] };
  const gateway = fakeGateway(() => json(200, { deviceListUsages: usages }));
  const query = { instant: NOON, scale: "1D", energyUnit: "KilowattHours" } as const;

  expect(await readInstant("t", query)).toEqual(usages);
  expect(gateway.asked[0]?.path).toBe(
    "/devices/instant?instant=2026-03-01T12%3A00%3A00.000Z&scale=1D&energyUnit=KilowattHours",
  );
});

test("an answer without a content is an answer", async () => {
  fakeGateway(() => new Response(null, { status: 204 }));

  expect(await failureOf(logOut("t"))).toBeNull();
});

test("a refusal is told in the gateway's own sentence, and with its code", async () => {
  fakeGateway(() => refusal(409, "User with this email already exists.", "email_taken"));

  const failure = await failureOf(signUp(ADA));
  expect(failure).toBeInstanceOf(ApiError);
  expect(failure).toMatchObject({
    message: "User with this email already exists.",
    status: 409,
    code: "email_taken",
  });
});

test.each([
  [null],
  ["down"],
  [[]],
  [{ message: "no" }],
  [{ detail: { code: 5 }, code: 5 }],
  [{ detail: null }],
  [{ error: "In the old form." }],
])("a refusal without a sentence, %j, is told in a sentence all the same", async (content) => {
  fakeGateway(() => json(500, content));

  expect(await failureOf(logIn(ADA))).toMatchObject({
    message: "The gateway gave an answer that could not be read.",
    status: 500,
    code: "",
  });
});

test("whatever answers in the gateway's place without JSON is not the gateway", async () => {
  fakeGateway(() => new Response("<html>Bad gateway</html>", { status: 502 }));

  expect(await failureOf(listDevices("t"))).toMatchObject({
    message: "The gateway can't be reached.",
    status: 0,
  });
});

test.each([401, 403, 200])("a proxy that answers %i with a page is named", async (status) => {
  fakeGateway(() => new Response("<html>Sign in to the proxy</html>", { status }));

  expect(await failureOf(listDevices("t"))).toMatchObject({
    message:
      `Something in front of the gateway, such as a proxy, answered in its place (${status}). ` +
      "It may want you to sign in there: load the page again.",
    status: 0, // which is no token that was refused
  });
});

test.each([[{}], [{ token: 5 }], [null], ["a.b.c"]])(
  "a login that brings %j in place of a token is no login",
  async (content) => {
    fakeGateway(() => json(200, content));

    expect(await failureOf(logIn(ADA))).toMatchObject({
      message: "The gateway gave an answer that could not be read.",
      status: 200,
    });
  },
);

test("a gateway that is not there is told in a sentence", async () => {
  fakeGateway(unreachable);

  expect(await failureOf(readProfile("t"))).toMatchObject({
    message: "The gateway can't be reached.",
    status: 0,
  });
});

test("a gateway that does not answer within a minute is given up", async () => {
  vi.useFakeTimers();
  fakeGateway(silence);
  let failure: unknown = null;
  void failureOf(readProfile("t")).then((one) => {
    failure = one;
  });
  await vi.advanceTimersByTimeAsync(59_999);
  expect(failure).toBeNull();
  await vi.advanceTimersByTimeAsync(1);

  expect(failure).toMatchObject({ message: "The gateway did not answer in time.", status: 0 });
  vi.useRealTimers();
});

test.each([
  ["answers", () => json(200, { user: {} })],
  ["can't be reached", unreachable],
])("a gateway that %s leaves no timer behind", async (_, answer) => {
  vi.useFakeTimers();
  fakeGateway(answer);
  await failureOf(readProfile("t"));

  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test("a browser without the newest ways to end a request asks all the same", async () => {
  vi.stubGlobal("AbortSignal", { timeout: undefined, any: undefined });
  fakeGateway(() => json(200, { devices: [] }));

  expect(await failureOf(listDevices("t"))).toBeNull();
});

test("a request that is no longer wanted ends as what it is, and not as a failure", async () => {
  fakeGateway(silence);
  const wish = new AbortController();
  const query = {
    deviceGid: 7,
    channel: "1",
    start: NOON,
    end: NOON,
    scale: "1S",
    energyUnit: "KilowattHours",
  } as const;
  const failure = failureOf(readHistory("t", query, wish.signal));
  wish.abort();

  expect(await failure).toBe(wish.signal.reason);
});
