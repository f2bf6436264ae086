import { afterEach, expect, test, vi } from "vitest";
import { fakeGateway, json, refusal } from "../fakes/gateway.ts";
import {
  changePassword,
  endOtherSessions,
  endSession,
  listEvents,
  listKeys,
  listSessions,
  makeKey,
  revokeKey,
} from "./account.ts";

afterEach(() => vi.unstubAllGlobals());

const NEW_KEY = { name: "display", scopes: ["read"] } as const;
const PASSWORDS = { password: "the old one", newPassword: "the new one" };

test.each<[string, () => Promise<unknown>, { method: string; path: string; body?: unknown }]>([
  ["sessions", () => listSessions("t"), { method: "GET", path: "/me/sessions" }],
  ["an end", () => endSession("t", "a/b"), { method: "DELETE", path: "/me/sessions/a%2Fb" }],
  ["others' end", () => endOtherSessions("t"), { method: "DELETE", path: "/me/sessions" }],
  [
    "another password",
    () => changePassword("t", PASSWORDS),
    { method: "POST", path: "/me/password", body: PASSWORDS },
  ],
  ["keys", () => listKeys("t"), { method: "GET", path: "/me/keys" }],
  [
    "a key without the password",
    () => makeKey("t", NEW_KEY),
    { method: "POST", path: "/me/keys", body: NEW_KEY },
  ],
  [
    "a key with it",
    () => makeKey("t", NEW_KEY, "the old one"),
    { method: "POST", path: "/me/keys", body: { ...NEW_KEY, password: "the old one" } },
  ],
  ["a key's end", () => revokeKey("t", "k"), { method: "DELETE", path: "/me/keys/k" }],
  ["events", () => listEvents("t", { limit: 10 }), { method: "GET", path: "/me/events?limit=10" }],
  [
    "earlier events",
    () => listEvents("t", { limit: 10, before: "2026-03-01T12:00:00Z" }),
    { method: "GET", path: "/me/events?limit=10&before=2026-03-01T12%3A00%3A00Z" },
  ],
])("%s: one request with the token", async (_, ask, request) => {
  const gateway = fakeGateway(() => json(200, {}));
  await ask();

  expect(gateway.asked).toMatchObject([{ token: "Bearer t", body: null, ...request }]);
});

test("lists are what stands in the answer", async () => {
  fakeGateway(({ path }) => json(200, { [path.split(/[/?]/)[2] ?? ""]: [path] }));

  expect(await listSessions("t")).toEqual(["/me/sessions"]);
  expect(await listKeys("t")).toEqual(["/me/keys"]);
  expect(await listEvents("t", { limit: 1 })).toEqual(["/me/events?limit=1"]);
});

test("that the password is needed is told by its code", async () => {
  fakeGateway(() => refusal(403, "Give the password.", "password_needed"));

  await expect(makeKey("t", NEW_KEY)).rejects.toMatchObject({ code: "password_needed" });
});
