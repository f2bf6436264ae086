import { afterEach, expect, test, vi } from "vitest";
import { fakeGateway, json, refusal, unreachable } from "../fakes/gateway.ts";
import { providerName, takeBack, tokenFor } from "./other-account.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

function comeBackTo(hash: string): { readonly replaced: unknown[] } {
  const replaced: unknown[] = [];
  vi.stubGlobal("window", {
    location: { hash, pathname: "/" },
    history: { replaceState: (_: unknown, __: string, address: string) => replaced.push(address) },
  });
  return { replaced };
}

test("a code is taken out of the address at once", () => {
  const { replaced } = comeBackTo("#/oidc?code=abc");
  expect(takeBack()).toEqual({ code: "abc", notice: null });
  expect(replaced).toEqual(["/"]);
});

test.each(["", "#/now", "#/oidcx?code=abc", "#/history?circuit=oidc"])(
  "%j is nothing that somebody came back with",
  (hash) => {
    const { replaced } = comeBackTo(hash);
    expect(takeBack()).toBeNull();
    expect(replaced).toEqual([]);
  },
);

test("what was joined needs no notice", () => {
  comeBackTo("#/oidc?joined");
  expect(takeBack()).toEqual({ code: null, notice: null });
});

test("a failure is told in the page's own words, never in those of the address", () => {
  comeBackTo("#/oidc?error=email_taken");
  expect(takeBack()?.notice).toContain("has your email already");
  comeBackTo("#/oidc?error=Call%20us%20at%20555");
  expect(takeBack()?.notice).toBe("Signing in did not work out; please begin again.");
});

test("the code is turned into a token, or into a sentence", async () => {
  const gateway = fakeGateway(() => json(200, { token: "a.b.c" }));
  expect(await tokenFor("abc")).toEqual({ token: "a.b.c" });
  expect(gateway.asked).toMatchObject([
    { method: "POST", path: "/auth/oidc/token", body: { code: "abc" } },
  ]);
  fakeGateway(() => refusal(401, "Please begin again.", "oidc_refused"));
  expect(await tokenFor("abc")).toEqual({ notice: "Please begin again." });
});

test.each([
  [() => json(200, { name: "Example" }), "Example"],
  [() => json(200, { name: null }), null],
  [unreachable, null],
])("the button is there where the gateway says so", async (answer, expected) => {
  fakeGateway(answer);
  expect(await providerName()).toBe(expected);
});
