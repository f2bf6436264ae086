import { expect, test } from "vitest";
import { createAnswers } from "./answers.ts";

function answer(...usageList: (number | null)[]) {
  return { usage: { firstUsageInstant: "2026-11-24T00:00:00Z", usageList }, asOf: 0 };
}

test("the least recently used answers are forgotten when there are too many values", () => {
  const answers = createAnswers(5);
  answers.set("one", answer(1, null));
  answers.set("two", answer(1, null));
  answers.get("one");
  answers.set("three", answer(1, null));
  expect(["one", "two", "three"].map((key) => answers.get(key) !== undefined)).toEqual([
    true,
    false,
    true,
  ]);
});

test("an answer that is replaced counts once", () => {
  const answers = createAnswers(4);
  answers.set("one", answer(1, 2));
  answers.set("two", answer(1, 2));
  answers.set("two", answer(3, 4));
  expect(answers.get("one")).toEqual(answer(1, 2));
});

test("the newest answer stays, however long", () => {
  const answers = createAnswers(1);
  answers.set("one", answer(1, 2, 3));
  expect(answers.get("one")).toEqual(answer(1, 2, 3));
});
