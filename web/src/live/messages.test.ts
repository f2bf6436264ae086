import { expect, test } from "vitest";
import { afterNoon, channel, frameAt, homeUsing } from "../fakes/frame.ts";
import { readMessage } from "./messages.ts";

const PLUG = { deviceGid: 2, channelUsages: [channel("1,2,3", 5, { deviceGid: 2 })] };
const PANEL = {
  deviceGid: 1,
  channelUsages: [channel("1,2,3", 100), channel("1", null, { nestedDevices: [PLUG] })],
};

function read(message: unknown) {
  return readMessage(JSON.stringify(message));
}

function readData(data: unknown) {
  return read({ type: "deviceData", data }).kind;
}

test("a frame is read with its samples and how fresh they are", () => {
  const message = frameAt(0, { devices: [PANEL] });

  expect(read(message)).toEqual({
    kind: "frame",
    frame: { usages: message.data.deviceListUsages, live: message.data.live },
  });
});

test("a home without devices, and a sample without a next poll, are frames too", () => {
  expect(read(frameAt(0, { live: { nextPollAt: null } })).kind).toBe("frame");
});

test("a channel may lack what Emporia leaves out", () => {
  const devices = [{ deviceGid: 1, channelUsages: [{ channelNum: "1" }] }];
  const { data } = frameAt(0);

  expect(readData({ ...data, deviceListUsages: { ...data.deviceListUsages, devices } })).toBe(
    "frame",
  );
});

test("what else the gateway says is told apart", () => {
  expect(read({ type: "authenticated", message: "Authentication successful." })).toEqual({
    kind: "authenticated",
  });
  expect(read({ type: "error", message: "User not found." })).toEqual({
    kind: "error",
    sentence: "User not found.",
    code: null,
  });
  expect(read({ type: "error", message: "Not now.", code: "polls_failing" })).toEqual({
    kind: "error",
    sentence: "Not now.",
    code: "polls_failing",
  });
  expect(read({ type: "subscribed", scale: "1S" })).toEqual({ kind: "other" });
});

test.each([
  ["not JSON"],
  [""],
  ["null"],
  ["5"],
  ['"authenticated"'],
  ["[]"],
  ["{}"],
  ['{"type": null}'],
  ['{"type": "error"}'],
  ['{"type": "error", "message": {"text": "no"}}'],
  ['{"type": "deviceData"}'],
  ["[object Blob]"],
  [`${"[".repeat(100_000)}`],
])("%s says nothing", (text) => {
  expect(readMessage(text)).toEqual({ kind: "other" });
});

test("a frame from before the subscription tells no age, and is passed over", () => {
  const { deviceListUsages } = frameAt(0, { devices: [PANEL] }).data;

  expect(readData({ deviceListUsages })).toBe("other");
});

const { deviceListUsages: USAGES, live: LIVE } = frameAt(0, { devices: [PANEL] }).data;

test.each<[string, object]>([
  ["no instant", { instant: null }],
  ["an instant that is none", { instant: "soon" }],
  ["devices that are no list", { devices: { 0: PANEL } }],
  ["no devices", { devices: null }],
  ["a device that is null", { devices: [null] }],
  ["a device without channels", { devices: [{ deviceGid: 1, channelUsages: null }] }],
  ["a channel that is null", { devices: [{ deviceGid: 1, channelUsages: [null] }] }],
  ["a channel without a number", { devices: [{ deviceGid: 1, channelUsages: [{ watts: 1 }] }] }],
  [
    "watts that are a text",
    { devices: [{ deviceGid: 1, channelUsages: [{ channelNum: "1", watts: "5" }] }] },
  ],
  [
    "nested devices that are none",
    { devices: [{ deviceGid: 1, channelUsages: [{ channelNum: "1", nestedDevices: [5] }] }] },
  ],
])("usages with %s are no frame", (_, change) => {
  expect(readData({ deviceListUsages: { ...USAGES, ...change }, live: LIVE })).toBe("other");
});

test.each<[string, object]>([
  ["no time of the sample", { sampledAt: undefined }],
  ["a time that is none", { receivedAt: "yesterday" }],
  ["no word on staleness", { stale: undefined }],
  ["a next poll at no time", { nextPollAt: 5 }],
])("an age with %s is no frame", (_, change) => {
  expect(readData({ deviceListUsages: USAGES, live: { ...LIVE, ...change } })).toBe("other");
});

const HOUSE = homeUsing(500);
const { watts, gridWatts, solarWatts, batteryWatts } = HOUSE;
const MINUTE = { sampledAt: afterNoon(-60), watts, gridWatts, solarWatts, batteryWatts };

test.each<[string, unknown]>([
  ["of which nothing is told", undefined],
  ["of which there is none", []],
  ["that are known and unknown", [HOUSE, homeUsing(null, { name: null })]],
  ["of which the newest minute is known", [{ ...HOUSE, newestMinute: MINUTE }]],
])("homes %s are taken", (_, home) => {
  expect(readData({ deviceListUsages: USAGES, live: { ...LIVE, home } })).toBe("frame");
});

test.each<[string, unknown]>([
  ["that are no list", { 0: HOUSE }],
  ["that are null", [null]],
  ["without a word on the grid", [{ ...HOUSE, gridWatts: undefined }]],
  ["whose watts are a text", [{ ...HOUSE, watts: "500" }]],
  ["whose name is a number", [{ ...HOUSE, name: 5 }]],
  ["without devices", [{ ...HOUSE, deviceGids: null }]],
  ["whose devices are texts", [{ ...HOUSE, silentGids: ["1"] }]],
  ["without a word on the sun", [{ ...HOUSE, hasSolar: null }]],
  ["whose batteries are none", [{ ...HOUSE, batteryChannels: [5] }]],
  ["whose newest minute is at no time", [{ ...HOUSE, newestMinute: { ...MINUTE, sampledAt: 5 } }]],
  ["whose newest minute has no figures", [{ ...HOUSE, newestMinute: { ...MINUTE, watts: "5" } }]],
])("homes %s are no frame", (_, home) => {
  expect(readData({ deviceListUsages: USAGES, live: { ...LIVE, home } })).toBe("other");
});

test("a true second tells its quality, and one that makes no sense is no frame", () => {
  const read = (live: object) => {
    const { type, data } = frameAt(0);
    return readMessage(
      JSON.stringify({ type, data: { ...data, live: { ...data.live, ...live } } }),
    );
  };
  expect(read({ quality: "missing", ageSeconds: 73 })).toMatchObject({
    kind: "frame",
    frame: { live: { quality: "missing", ageSeconds: 73 } },
  });
  expect(read({ quality: "fine" })).toEqual({ kind: "other" });
  expect(read({ ageSeconds: "73" })).toEqual({ kind: "other" });
});
