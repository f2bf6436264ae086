import { expect, test } from "vitest";
import type { AccountEvent } from "../api/account.ts";
import { merged, sentenceOf, whoOf } from "./event-words.ts";

function event(rest: Partial<AccountEvent> = {}): AccountEvent {
  const at = "2026-03-01T12:05:00Z";
  return { at, kind: "signed_in", by: "session Firefox on Linux", detail: {}, ...rest };
}

const tell = (iso: string) => iso.slice(11, 16);

test.each<[Partial<AccountEvent>, string]>([
  [{}, "Signed in."],
  [{ kind: "session_ended", detail: { session: "curl/8.5.0" } }, "A session ended: curl/8.5.0."],
  [{ kind: "key_made", detail: { key: "kitchen" } }, "An API key was made: kitchen."],
  [
    { kind: "sign_in_failed", detail: { times: "17", until: "2026-03-01T12:04:59Z" } },
    "A sign-in failed: the password was wrong. 17 times, until 12:04.",
  ],
  [
    { kind: "second_factor_failed", detail: { times: "3" } },
    "The password was right, and the code of the second factor was wrong. 3 times.",
  ],
  [{ kind: "identity_joined" }, "An account to sign in with was joined."],
  [
    { kind: "recording_chosen", detail: { minutes: "on", seconds: "mains" } },
    "What is recorded was chosen. Minutes, and seconds of the mains.",
  ],
  [
    { kind: "recording_chosen", detail: { minutes: "off", seconds: "off" } },
    "What is recorded was chosen. No minutes, and no seconds.",
  ],
  [{ kind: "moon_rose" }, "Moon rose."],
])("%j is told in words", (rest, sentence) => {
  expect(sentenceOf(event(rest), tell)).toBe(sentence);
});

test.each([
  ["session Firefox on Linux", "Firefox on Linux, from 203.0.113.0/24"],
  ["visitor curl/8.5.0", "curl/8.5.0, from 203.0.113.0/24"],
  ["operator", "whoever runs the gateway, from 203.0.113.0/24"],
  ["gateway", "the gateway, from 203.0.113.0/24"],
])("%s is who did it", (by, who) => {
  expect(whoOf(event({ by, detail: { address: "203.0.113.0/24" } }))).toBe(who);
});

test("where no address is known, none is told", () => {
  expect(whoOf(event())).toBe("Firefox on Linux");
});

test("pages come together, the newest first, and each event once", () => {
  const [first, second, third] = ["01:00", "02:00.250001", "02:00.250002"].map((time) =>
    event({ at: `2026-03-01T12:${time}Z` }),
  ) as [AccountEvent, AccountEvent, AccountEvent];

  expect(merged([third, second], [second, first])).toEqual([third, second, first]);
});
