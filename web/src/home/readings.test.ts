import { expect, test } from "vitest";
import type { Channel, ChannelUsage, Device, DeviceUsage } from "../api/wire.ts";
import { afterNoon, channel, frameAt, sampleOf } from "../fakes/frame.ts";
import { type Home, readHome } from "./model.ts";
import { type Row, read, walkRows } from "./readings.ts";

const NOBODY = homeOf();

function homeOf(...devices: Device[]): Home {
  return readHome({ customerGid: 1, email: "home@example.com", devices });
}

function panelOf(...channels: Partial<Channel>[]): Device {
  const named = channels.map((one) => ({ deviceGid: 1, channelNum: "1", ...one }));
  return { deviceGid: 1, locationProperties: { deviceName: "House" }, channels: named };
}

/** A device with these channels, the mains first. */
function usageOf(
  deviceGid: number,
  mains: number | null,
  ...circuits: (readonly [number: string, watts: number | null, others?: Partial<ChannelUsage>])[]
): DeviceUsage {
  const of = (number: string, watts: number | null, others: Partial<ChannelUsage> = {}) =>
    channel(number, watts, { deviceGid, ...others });
  return {
    deviceGid,
    channelUsages: [of("1,2,3", mains), ...circuits.map((circuit) => of(...circuit))],
  };
}

function readingOf(home: Home, ...devices: DeviceUsage[]) {
  return read(sampleOf(frameAt(0, { devices })), home);
}

/** Rows as `name watts`, those below indented. */
function linesOf(rows: readonly Row[], indent = ""): string[] {
  return rows.flatMap(({ name, watts, children }) => [
    `${indent}${name} ${watts}`,
    ...linesOf(children, `${indent}  `),
  ]);
}

function lines(home: Home, ...devices: DeviceUsage[]): string[] {
  return linesOf(readingOf(home, ...devices).rows);
}

test("a reading is of the sample's own instant", () => {
  expect(readingOf(NOBODY).instant).toBe(Date.parse(afterNoon(0)));
});

test("a panel is its circuits, the highest first, the unknown last and not zero", () => {
  const home = homeOf(
    panelOf(
      { channelNum: "1", name: "Oven" },
      { channelNum: "2", name: "Roof" },
      { channelNum: "3", name: "Aquarium" },
      { channelNum: "4", name: "Attic" },
    ),
  );
  const usage = usageOf(1, 100, ["3", null], ["2", -800], ["4", 0], ["1", 900], ["Balance", 0]);

  expect(lines(home, usage)).toEqual([
    "Oven 900",
    "Attic 0",
    "Circuit Balance 0",
    "Roof -800",
    "Aquarium null",
  ]);
});

test("rows of the same watts are in the order of their names, and so are unknown ones", () => {
  const home = homeOf(
    panelOf({ channelNum: "1", name: "b" }, { channelNum: "2", name: "a" }, { channelNum: "3" }),
  );

  expect(lines(home, usageOf(1, 1, ["1", 5], ["2", 5], ["3", 5]))).toEqual([
    "a 5",
    "b 5",
    "Circuit 3 5",
  ]);
  expect(lines(home, usageOf(1, 1, ["1", null], ["2", null]))).toEqual(["a null", "b null"]);
});

test("a circuit that the home does not name is called as Emporia calls it", () => {
  const usage = usageOf(1, 0, ["5", 2, { name: "New" }], ["Balance", 1, { name: "Balance" }]);

  expect(lines(homeOf(panelOf()), usage)).toEqual(["New 2", "Balance 1"]);
  expect(readingOf(NOBODY, usage).rows[1]?.detail).toBe("what no circuit measures");
});

test("a circuit without a name is shown by its number, and one that nobody set up says so", () => {
  const home = homeOf(
    panelOf({ channelNum: "12" }, { channelNum: "2" }, { channelNum: "3", channelTypeGid: 7 }),
  );
  const { rows } = readingOf(home, usageOf(1, 9, ["12", 0], ["2", 0], ["3", 4]));

  expect(rows.map(({ name, detail }) => [name, detail])).toEqual([
    ["Circuit 3", ""],
    ["Circuit 2", "not set up"],
    ["Circuit 12", "not set up"],
  ]);
});

test("who has something hanging on it stands where both belong together", () => {
  const battery = usageOf(2, 2_278);
  const usage = usageOf(
    1,
    2_800,
    ["1", 12, { nestedDevices: [battery] }],
    ["2", 439],
    ["3", 0],
    ["4", null],
  );

  expect(lines(NOBODY, usage)).toEqual([
    "Circuit 1 12",
    "  Device 2 2278",
    "Circuit 2 439",
    "Circuit 3 0",
    "Circuit 4 null",
  ]);
  expect(readingOf(NOBODY, usage).rows[0]?.togetherWatts).toBe(2_290);
});

test("legs and the circuits of a nested panel are in its watts already", () => {
  const barn = usageOf(2, 300, ["1", 200], ["2", 80, { nestedDevices: [usageOf(4, 7)] }]);
  const merged = { channelNum: "97", name: "Range" };
  const home = homeOf(panelOf({ channelNum: "1", parentChannelNum: "97" }, merged));
  const { rows } = readingOf(
    home,
    usageOf(1, 900, ["1", 5], ["97", 9], ["2", 1, { nestedDevices: [barn] }]),
  );

  expect(rows.map(({ togetherWatts }) => togetherWatts)).toEqual([301, 9]);
});

test("a device that came after the page was opened is shown, by its number", () => {
  expect(lines(NOBODY, usageOf(1, 9, ["1", 4]), usageOf(7, 3))).toEqual([
    "Circuit 1 4",
    "Device 7 3",
  ]);
});

test("legs stand under their merged circuit, and alone where it is not there", () => {
  const home = homeOf(
    panelOf(
      { channelNum: "1", name: "Leg A", parentChannelNum: "97" },
      { channelNum: "2", name: "Leg B", parentChannelNum: "97" },
      { channelNum: "97", name: "Range" },
    ),
  );

  expect(lines(home, usageOf(1, 9, ["1", 3], ["2", 4], ["97", 7]))).toEqual([
    "Range 7",
    "  Leg B 4",
    "  Leg A 3",
  ]);
  expect(lines(home, usageOf(1, 9, ["1", 3], ["2", 4]))).toEqual(["Leg B 4", "Leg A 3"]);
});

test("legs that are each other's are shown, each by itself", () => {
  const home = homeOf(
    panelOf(
      { channelNum: "1", name: "A", parentChannelNum: "2" },
      { channelNum: "2", name: "B", parentChannelNum: "1" },
    ),
  );

  expect(lines(home, usageOf(1, 9, ["1", 3], ["2", 4]))).toEqual(["B 4", "A 3"]);
});

test("devices stand under the circuit they hang on, sub-panels with all of theirs", () => {
  const lamp = usageOf(4, 7);
  const barn = usageOf(2, 300, ["1", 200], ["2", 80, { nestedDevices: [lamp] }]);
  const home = homeOf(
    panelOf({ channelNum: "1", name: "Barn" }),
    {
      deviceGid: 2,
      parentDeviceGid: 1,
      parentChannelNum: "1",
      locationProperties: { deviceName: "Barn panel" },
      channels: [
        { deviceGid: 2, channelNum: "1", name: "Saw" },
        { deviceGid: 2, channelNum: "2", name: "Bench" },
      ],
    },
    { deviceGid: 4, parentDeviceGid: 2, locationProperties: { deviceName: "Lamp" } },
  );

  expect(lines(home, usageOf(1, 400, ["1", 5, { nestedDevices: [barn] }]))).toEqual([
    "Barn 5",
    "  Barn panel 300",
    "    Saw 200",
    "    Bench 80",
    "      Lamp 7",
  ]);
});

test("devices on the mains of a panel, or of a plug, are not lost", () => {
  const onMains = (deviceGid: number, ...circuits: ChannelUsage[]): DeviceUsage => ({
    deviceGid,
    channelUsages: [
      channel("1,2,3", 90, { deviceGid, nestedDevices: [usageOf(9, 40)] }),
      ...circuits,
    ],
  });

  expect(lines(NOBODY, onMains(1, channel("1", 50)))).toEqual(["Circuit 1 50", "Device 9 40"]);
  expect(lines(NOBODY, onMains(2))).toEqual(["Device 2 90", "  Device 9 40"]);
});

test("a device with one channel that is not its mains is that channel", () => {
  expect(lines(NOBODY, { deviceGid: 1, channelUsages: [channel("4", 5)] })).toEqual([
    "Circuit 4 5",
  ]);
});

test("every row has a key of its own, and all of them are walked through", () => {
  const plug = usageOf(2, 5);
  const { rows } = readingOf(
    NOBODY,
    usageOf(1, 9, ["1", 4, { nestedDevices: [plug] }], ["2", 3]),
    usageOf(3, 9, ["1", 4]),
  );

  expect([...walkRows(rows)].map(({ key }) => key).sort()).toEqual(
    ["1/1", "1/2", "2/1,2,3", "3/1"].sort(),
  );
});
