import { afterEach, expect, test, vi } from "vitest";
import { fakeGateway, json } from "../fakes/gateway.ts";
import {
  beginSecondFactor,
  confirmSecondFactor,
  listIdentities,
  partIdentity,
  readSecondFactor,
  renewRecoveryCodes,
  switchOffSecondFactor,
  wayToJoin,
} from "./proofs.ts";

afterEach(() => vi.unstubAllGlobals());

const PROOF = { password: "mine", code: "123456" };
const FACTOR = "/me/second-factor";
const JOINED = "/me/identities/oidc";

test.each<[string, () => Promise<unknown>, { method: string; path: string; body?: unknown }]>([
  ["a second factor", () => readSecondFactor("t"), { method: "GET", path: FACTOR }],
  [
    "a beginning without the password",
    () => beginSecondFactor("t"),
    { method: "POST", path: FACTOR, body: {} },
  ],
  [
    "a beginning with it",
    () => beginSecondFactor("t", "mine"),
    { method: "POST", path: FACTOR, body: { password: "mine" } },
  ],
  [
    "a confirmation",
    () => confirmSecondFactor("t", "123456"),
    { method: "POST", path: `${FACTOR}/confirm`, body: { code: "123456" } },
  ],
  [
    "new recovery codes",
    () => renewRecoveryCodes("t", PROOF),
    { method: "POST", path: `${FACTOR}/recovery-codes`, body: PROOF },
  ],
  [
    "an end without the password",
    () => switchOffSecondFactor("t", { code: "123456" }),
    { method: "DELETE", path: FACTOR, body: { code: "123456" } },
  ],
  ["what is joined", () => listIdentities("t"), { method: "GET", path: "/me/identities" }],
  ["joining", () => wayToJoin("t"), { method: "POST", path: `${JOINED}/start`, body: {} }],
  [
    "parting",
    () => partIdentity("t", "mine"),
    { method: "DELETE", path: JOINED, body: { password: "mine" } },
  ],
])("%s: one request with the token", async (_, ask, request) => {
  const gateway = fakeGateway(() => json(200, {}));
  await ask();

  expect(gateway.asked).toMatchObject([{ token: "Bearer t", body: null, ...request }]);
});

test("answers are what stands in them", async () => {
  fakeGateway(() =>
    json(200, {
      secondFactor: { secret: "ABCD", uri: "otpauth://totp/x" },
      recoveryCodes: ["one", "two"],
      url: "https://provider.example/",
    }),
  );

  expect(await beginSecondFactor("t")).toEqual({ secret: "ABCD", uri: "otpauth://totp/x" });
  expect(await confirmSecondFactor("t", "1")).toEqual(["one", "two"]);
  expect(await wayToJoin("t")).toBe("https://provider.example/");
});
