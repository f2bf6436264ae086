import { expect, test } from "vitest";
import type { HomeDevice } from "../../home/model.ts";
import { panelsOf } from "./homes-fields.tsx";

const device = (gid: number, name: string, circuits: number) =>
  ({ gid, name, circuits: Array(circuits).fill({}) }) as unknown as HomeDevice;

test("panels are named; plugs are not, unless a tariff names them", () => {
  const roots = [device(1, "Main", 16), device(2, "Cabin", 8), device(3, "Plug", 0)];
  expect(panelsOf({ roots }, [2])).toEqual([
    [1, "Main"],
    [2, "Cabin"],
  ]);
  expect(panelsOf({ roots }, [3, 99])).toEqual([
    ...[
      [1, "Main"],
      [2, "Cabin"],
      [3, "Plug"],
    ],
    [99, "Panel 99, which is not listed"],
  ]);
});

test("a home of readers of the meter alone has these", () => {
  expect(panelsOf({ roots: [device(1, "Meter", 0)] }, [])).toEqual([[1, "Meter"]]);
});
