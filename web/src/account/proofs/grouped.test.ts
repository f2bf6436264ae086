import { expect, test } from "vitest";
import { grouped } from "./grouped.ts";

test.each([
  ["", ""],
  ["ABCD", "ABCD"],
  ["ABCDEFGHI", "ABCD EFGH I"],
])("%j is read as %j", (text, read) => {
  expect(grouped(text)).toBe(read);
});
