import { expect, test } from "vitest";
import { channel, frameAt, sampleOf } from "../fakes/frame.ts";
import { readHome } from "./model.ts";
import { type Row, read } from "./readings.ts";
import { finderOf } from "./row-search.ts";

const plug = { deviceGid: 2, channelUsages: [channel("1,2,3", 5, { deviceGid: 2 })] };
const garage = channel("1", 5, { name: "Garage", nestedDevices: [plug] });
const oven = channel("2", 4, { name: "Oven" });
const panel = { deviceGid: 1, channelUsages: [channel("1,2,3", 9), garage, oven] };
const home = readHome({
  customerGid: 1,
  email: "home@example.com",
  devices: [
    { deviceGid: 1, locationProperties: { deviceName: "House" } },
    { deviceGid: 2, parentDeviceGid: 1, locationProperties: { deviceName: "Desk Lamp" } },
  ],
});
const { rows } = read(sampleOf(frameAt(0, { devices: [panel] })), home);

function names(found: readonly Row[]): string[] {
  return found.flatMap(({ name, children }) => [name, ...names(children)]);
}

test.each([
  ["", ["Garage", "Desk Lamp", "Oven"]],
  ["oVEN", ["Oven"]],
  ["lamp desk", ["Garage", "Desk Lamp"]],
  ["desk lamp ", ["Garage", "Desk Lamp"]],
  ["gara", ["Garage", "Desk Lamp"]],
  ["cellar", []],
])("who looks for %j finds it, with what it hangs on", (text, found) => {
  expect(names(finderOf(text, rows)(rows))).toEqual(found);
});

test("words are looked for one by one only where they are nowhere together", () => {
  const both = [row("Hall 2 Loom 1", "Hall 2 Panel 4"), row("Hall 1 Loom 2", "Hall 1 Panel 2")];
  expect(names(finderOf("hall 2", both)(both))).toEqual(["Hall 2 Loom 1"]);
  expect(names(finderOf("2 loom hall", both)(both))).toEqual(["Hall 2 Loom 1", "Hall 1 Loom 2"]);
});

function row(name: string, panel: string): Row {
  const figures = { watts: 0, togetherWatts: 0, share: null, offline: null };
  return { key: name, gid: 1, channel: "1", name, panel, detail: "", ...figures, children: [] };
}
