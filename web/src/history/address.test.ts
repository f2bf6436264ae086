import { expect, test } from "vitest";
import { readHome } from "../home/model.ts";
import { addressed, addressOf } from "./address.ts";
import { firstSelection, type Selection, toggled, withAll } from "./scene/selection.ts";

const NOW = Date.parse("2026-11-25T12:00:00Z");

function panel(deviceGid: number, timeZone = "America/New_York") {
  const channels = ["1", "2", "3"].map((channelNum) => ({ deviceGid, channelNum, name: null }));
  return {
    deviceGid,
    locationProperties: { deviceName: `Panel ${deviceGid}`, timeZone },
    channels,
  };
}

const devices = [panel(1), panel(2), { ...panel(3), channels: [] }];
const home = readHome({ customerGid: 1, email: "home@example.com", devices });
const [root] = home.roots;
if (!root) throw new Error("no device");
const first = firstSelection(root, NOW);

function read(query: string, from: Selection = first): Selection {
  return addressed(query, from, home, NOW);
}

test("what is looked at is an address that people can read", () => {
  expect(addressOf(first)).toBe("device=1&series=1:1,2,3&range=today");
  const all = { ...toggled(first, "1/3"), scale: "1H", measure: "watts", compares: true } as const;
  expect(addressOf(all)).toBe(
    "device=1&series=1:1,2,3&series=1:3&range=today&scale=1H&measure=watts&compare=yes",
  );
});

test.each([
  "device=1&series=1:1,2,3&series=1:3&range=yesterday&scale=1H&measure=cost&compare=yes",
  "device=2&series=2:Balance&from=2024-06-10T04:00:00Z&to=2024-06-11T04:00:00Z",
  "device=all&series=home&series=1:2&series=2:2&range=this-year",
  "device=1&series=1:3~C&series=1:1&range=today",
  "device=1&series=&range=last-hour",
])("the address %s is what it leads to", (query) => {
  expect(addressOf(read(query))).toBe(query);
});

test("a range from and to is one of days or months, where it is", () => {
  const { span } = read("from=2024-06-01T04:00:00Z&to=2024-07-01T04:00:00Z");
  expect(span.step).toBe("months");
});

test("what an address does not tell is as it is at first, and the series are as they were", () => {
  const changed = { ...toggled(first, "1/2"), measure: "cost", compares: true } as const;
  const { measure, compares, preset, chosen } = read("range=yesterday", changed);
  expect([measure, compares, preset]).toEqual(["kwh", false, "yesterday"]);
  expect(chosen).toEqual(changed.chosen);
});

test("an address of nothing is what was looked at last", () => {
  const changed = toggled(first, "1/2");
  expect(read("", changed)).toBe(changed);
  expect(read("from=mail", changed)).toMatchObject({ chosen: changed.chosen, span: first.span });
});

test("a device alone is led to by its mains, a circuit alone by its key", () => {
  expect(read("device=2").chosen).toEqual([{ key: "2/1,2,3", slot: 0 }]);
  expect(read("circuit=2/3")).toMatchObject({ gid: 2, chosen: [{ key: "2/3", slot: 0 }] });
  expect(read("circuit=9/3")).toBe(first);
});

test("circuits of two panels stand in one list", () => {
  const mixed = read("device=1&series=1:1&series=2:1&range=today");
  expect(mixed).toMatchObject({ isWhole: true, chosen: [{ key: "1/1" }, { key: "2/1" }] });
  expect(withAll(first, home)).toMatchObject({ isWhole: true, chosen: first.chosen });
});

test.each([
  ["another unknown series", "device=1&series=9:1&series=1:2"],
  ["a series twice", "device=1&series=1:2&series=1:2"],
  ["a mark that is none", "device=1&series=1:2~Z"],
  ["a scale that is none", "device=1&series=1:2&scale=2H"],
  ["a measure that is none", "device=1&series=1:2&measure=horses"],
  ["no real day", "device=1&series=1:2&from=2024-13-10T04:00:00Z&to=2024-06-11T04:00:00Z"],
  [
    "an end before the beginning",
    "device=1&series=1:2&from=2024-06-10T04:00Z&to=2024-06-09T04:00Z",
  ],
  ["a range of the future", "device=1&series=1:2&from=2044-06-10T04:00Z&to=2044-06-11T04:00Z"],
  ["a range of an age", "device=1&series=1:2&from=0001-06-10T04:00Z&to=2024-06-11T04:00Z"],
  ["no range by name", "device=1&series=1:2&range=constructor"],
])("an address with %s leads to the rest of it", (_, query) => {
  expect(addressOf(read(query))).toBe("device=1&series=1:2&range=today");
});

test("an address names no more series than there are marks, and none shares one", () => {
  const many = ["1", "2", "3"].flatMap((gid) =>
    ["1,2,3", "1", "2", "3"].map((one) => `${gid}:${one}`),
  );
  const query = many.map((one) => `series=${one}~A`).join("&");
  const { chosen } = read(`device=all&${query}`);
  expect(chosen.length).toBeLessThanOrEqual(10);
  expect(new Set(chosen.map(({ slot }) => slot)).size).toBe(chosen.length);
});
