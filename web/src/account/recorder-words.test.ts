import { expect, test } from "vitest";
import type { Recorder } from "../api/archive.ts";
import { recorderFacts, stateText } from "./recorder-words.ts";

function recorder(rest: Partial<Recorder> = {}): Recorder {
  return {
    minutes: true,
    seconds: "mains",
    state: "filling",
    waitsFor: null,
    requestsPerDay: 60,
    plannedRequests: 1_340,
    fillRequests: 1_332,
    fillCompleteAt: "2026-03-03T09:00:00Z",
    lastRequestAt: "2026-03-01T12:00:00Z",
    ...rest,
  };
}

const tell = (iso: string) => iso.slice(0, 10);

test.each<[Partial<Recorder>, string]>([
  [{}, "What is new is recorded, and the past is being fetched."],
  [{ state: "up_to_date" }, "All is recorded that can be."],
  [
    { state: "waiting", waitsFor: "watchers" },
    "Waiting while somebody watches live, which comes first.",
  ],
  [{ state: "waiting", waitsFor: "the moon" }, "Waiting: the moon."],
  [{ state: "day_dreaming" }, "day dreaming."],
])("%j is told in words", (rest, sentence) => {
  expect(stateText(recorder(rest))).toBe(sentence);
});

test("what is still to be asked for, and when the past is complete, are told", () => {
  expect(recorderFacts(recorder(), tell)).toEqual([
    ["Requests a day", "60"],
    ["Requests still to make", "1,340, 1,332 of them for the past"],
    ["The past", "complete about 2026-03-03"],
    ["Last request", "2026-03-01"],
  ]);
});

test("a past that is complete is told as that", () => {
  const done = recorder({
    plannedRequests: 2,
    fillRequests: 0,
    fillCompleteAt: "2026-03-01T12:00:00Z",
  });
  expect(recorderFacts(done, tell).slice(1, 3)).toEqual([
    ["Requests still to make", "2"],
    ["The past", "complete"],
  ]);
});

test("of what nobody knows nothing is told", () => {
  const unknown = { requestsPerDay: null, plannedRequests: null, fillRequests: null };
  expect(
    recorderFacts(recorder({ ...unknown, fillCompleteAt: null, lastRequestAt: null }), tell),
  ).toEqual([]);
});
