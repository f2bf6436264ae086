import { expect, test } from "vitest";
import type { Row } from "../home/readings.ts";
import { amountsOf, mostDrawn } from "./top.ts";

function rowOf(gid: number, channel: string, name: string, children: readonly Row[] = []): Row {
  return {
    ...{ key: `${gid}/${channel}`, gid, channel, name, panel: null, detail: "", watts: 1 },
    ...{ togetherWatts: 1, share: null, offline: null, children },
  };
}

const ROWS = [
  rowOf(1, "1", "Heat pump", [rowOf(1, "2", "Leg A")]),
  rowOf(1, "3", "Garage", [rowOf(2, "1,2,3", "Charger")]),
  rowOf(1, "4", "Battery"),
  rowOf(1, "5", "Solar"),
  rowOf(1, "6", "Unknown"),
  rowOf(1, "Balance", "Balance"),
];
const KWH = new Map([
  ["1/1", 3],
  ["1/2", 1.5],
  ["1/3", 0.5],
  ["2/1,2,3", 20],
  ["1/4", 9],
  ["1/5", -30],
  ["1/Balance", 4],
]);

test("what drew most comes first, without legs, batteries, what gives and what no circuit measures", () => {
  const batteries = new Set(["1/4"]);
  const top = mostDrawn(ROWS, (key) => KWH.get(key) ?? null, { most: 3, batteries });
  expect(top.map(({ name, kwh }) => [name, kwh])).toEqual([
    ["Charger", 20],
    ["Heat pump", 3],
    ["Garage", 0.5],
  ]);
});

test("what is priced of a circuit is no cost of its day where it is much less, or more", () => {
  const amount = amountsOf([
    { deviceGid: 1, channel: "1", amount: "0.930000", kwh: 3, coverage: 1 },
    { deviceGid: 1, channel: "3", amount: "0.010000", kwh: 0.1, coverage: 0.2 },
    { deviceGid: 1, channel: "5", amount: null, kwh: null, coverage: 0 },
    { deviceGid: 1, channel: "7", amount: "9.000000", kwh: 29, coverage: 1 },
    { deviceGid: null, channel: null, amount: "1", kwh: 4, coverage: 1 },
  ]);
  const drawn = (key: string, kwh: number) => ({ key, kwh, name: "", panel: null });
  expect(amount(drawn("1/1", 3.1))).toBe("0.930000");
  expect(amount(drawn("1/3", 0.5))).toBeNull();
  expect(amount(drawn("1/5", 0.2))).toBeNull();
  expect(amount(drawn("1/7", 0.2))).toBeNull();
  expect(amount(drawn("1/9", 0.5))).toBeNull();
});
