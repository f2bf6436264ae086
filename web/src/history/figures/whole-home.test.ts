import { expect, test } from "vitest";
import { readHome } from "../../home/model.ts";
import { offeredOf, WHOLE_HOME } from "../choices.ts";
import { keyOf, type Load } from "../loader.ts";
import { loadStateOf, planOf, sceneOf, wantedOf } from "../scene/scene.ts";
import { firstSelection, withSlots } from "../scene/selection.ts";

const NOW = Date.parse("2026-11-25T03:30:00Z");
const START = Date.parse("2026-11-25T00:00:00Z");
const HOUR = 3_600_000;

interface Panel {
  readonly gid: number;
  readonly circuits?: readonly string[];
  readonly timeZone?: string;
  readonly billingCycleStartDay?: number;
}

function homeOf(...panels: Panel[]) {
  const devices = panels.map(({ gid, circuits = ["1", "2"], timeZone = "UTC", ...place }) => ({
    deviceGid: gid,
    locationProperties: { deviceName: `Panel ${gid}`, timeZone, ...place },
    channels: circuits.map((channelNum) => ({
      deviceGid: gid,
      channelNum,
      name: `C${channelNum}`,
    })),
  }));
  return readHome({ customerGid: 1, email: "home@example.com", devices });
}

function offered(...panels: Panel[]) {
  return offeredOf(homeOf(...panels), { gid: 1, isWhole: true }).map(({ label }) => label);
}

test("in one list each name tells of which panel it is", () => {
  expect(offered({ gid: 1, circuits: ["1"] }, { gid: 2, circuits: ["1"] })).toEqual([
    "The whole home",
    "Panel 1",
    "Panel 1: C1",
    "Panel 1: Balance",
    "Panel 2",
    "Panel 2: C1",
    "Panel 2: Balance",
  ]);
});

test.each<[string, readonly Panel[]]>([
  ["one panel", [{ gid: 1 }]],
  ["one panel and a plug", [{ gid: 1 }, { gid: 2, circuits: [] }]],
  ["panels of two zones", [{ gid: 1 }, { gid: 2, timeZone: "Asia/Tokyo" }]],
  ["panels with two bills", [{ gid: 1 }, { gid: 2, billingCycleStartDay: 9 }]],
])("of %s there is no sum", (_, panels) => {
  expect(offered(...panels)).not.toContain("The whole home");
});

test("the whole home is there once all of its panels are, and known where all of them are", () => {
  const home = homeOf({ gid: 1 }, { gid: 2 });
  const [root] = home.roots;
  if (!root) throw new Error("no device");
  const span = { start: START, end: START + 3 * HOUR, step: "clock" as const };
  const chosen = withSlots([{ key: WHOLE_HOME, slot: null }]);
  const selection = {
    ...firstSelection(root, NOW),
    isWhole: true,
    chosen,
    span,
    scale: "1H" as const,
  };
  const plan = planOf(selection, home);
  const loaded = (usageList: readonly (number | null)[]): Load => ({
    kind: "loaded",
    answer: { usage: { firstUsageInstant: "2026-11-25T00:00:00Z", usageList }, asOf: NOW },
  });
  const [one = "", other = ""] = wantedOf(plan).map(keyOf);
  const half = new Map([[one, loaded([1, 2, 3])]]);

  expect(sceneOf(plan, half).lines).toEqual([]);
  expect(loadStateOf(plan, half)).toMatchObject({ waiting: 1, all: 2 });
  const [line] = sceneOf(plan, new Map([...half, [other, loaded([10, null, 30])]])).lines;
  expect(line?.values).toEqual([11, null, 33]);
  expect(line?.statistics.missing).toBe(1);
});
