import { expect, test } from "vitest";
import { ratesIn } from "./rates-file.ts";

const RATE = { utility: "Florida Power & Light Co.", name: "RS-1", startdate: 1433116800 };

test.each([
  ["one rate", RATE],
  ["an answer with one rate", { items: [RATE] }],
  ["a list with one rate", [RATE]],
])("%s is a rate", (_, content) => {
  expect(ratesIn(JSON.stringify(content))).toEqual([
    { name: "Florida Power & Light Co., RS-1, since 2015-06-01", content: RATE },
  ]);
});

test("several rates are told apart, named or not", () => {
  const rates = ratesIn(JSON.stringify({ items: [RATE, {}, "x", { name: 3, startdate: "x" }] }));
  expect(typeof rates === "string" ? rates : rates.map(({ name }) => name)).toEqual([
    ...["Florida Power & Light Co., RS-1, since 2015-06-01", "Rate 2", "Rate 3"],
  ]);
});

test.each(["", "<html>", "[]", "3", '{"items": []}'])("%j is no rate", (text) => {
  expect(ratesIn(text)).toEqual(expect.any(String));
});
