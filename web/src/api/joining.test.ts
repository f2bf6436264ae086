import { beforeEach, expect, test, vi } from "vitest";
import { leaveToJoin, outcomeOf } from "./joining.ts";

const kept = new Map<string, string>();
const went: string[] = [];

beforeEach(() => {
  kept.clear();
  went.length = 0;
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  vi.stubGlobal("window", { location: { assign: (address: string) => went.push(address) } });
  return () => vi.unstubAllGlobals();
});

test.each([
  [null, "It is joined: from now on you can sign in with it."],
  ["This sign-in belongs to an account already.", "This sign-in belongs to an account already."],
])("whoever went to join is told once what came of it: %j", (notice, sentence) => {
  leaveToJoin("https://provider.example/");
  expect(went).toEqual(["https://provider.example/"]);

  expect(outcomeOf({ code: null, notice })).toBe(sentence);
  expect(outcomeOf({ code: null, notice })).toBeNull();
});

test("an address that somebody sent tells nothing", () => {
  expect(outcomeOf({ code: null, notice: null })).toBeNull();
  expect(
    outcomeOf({ code: null, notice: "This sign-in belongs to an account already." }),
  ).toBeNull();
});

test("a sign-in ends what was begun", () => {
  leaveToJoin("https://provider.example/");

  expect(outcomeOf({ code: "abc", notice: null })).toBeNull();
  expect(kept.size).toBe(0);
});
