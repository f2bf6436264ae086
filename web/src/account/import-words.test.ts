import { expect, test } from "vitest";
import type { Import } from "../api/imports.ts";
import { readHome } from "../home/model.ts";
import { errorText, importFacts, progressOf, seriesOf, stateText } from "./import-words.ts";

function imported(rest: Partial<Import> = {}): Import {
  return {
    id: "1",
    state: "done",
    bytes: 2_000,
    bytesRead: 2_000,
    lines: 10_080,
    scale: "1MIN",
    from: "2026-02-20T00:00:00Z",
    to: "2026-02-27T00:00:00Z",
    bucketsTaken: 18_720,
    bucketsKnown: 1_440,
    bucketsDiffering: 0,
    unmatched: [],
    error: null,
    endedAt: "2026-03-01T12:00:00Z",
    ...rest,
  };
}

const tell = (iso: string) => iso.slice(0, 10);

test.each<[Partial<Import>, string]>([
  [{}, "The file is in the archive."],
  [{ bucketsTaken: 0 }, "The archive had all of it already."],
  [{ state: "checking" }, "Every line is being looked at. Nothing is kept yet."],
  [{ state: "refused" }, "The file was refused. Nothing of it was kept."],
  [{ state: "day_dreaming" }, "day dreaming."],
])("%j is told in words", (rest, sentence) => {
  expect(stateText(imported(rest))).toBe(sentence);
});

test("what was wrong is told with its line", () => {
  expect(errorText(imported())).toBeNull();
  expect(errorText(imported({ error: { line: 1_017, message: "'x' is no figure." } }))).toBe(
    "Line 1,017: 'x' is no figure.",
  );
  expect(errorText(imported({ error: { line: null, message: "the file is empty." } }))).toBe(
    "The file is empty.",
  );
});

test("how far the reading is, is told until it ends", () => {
  expect(progressOf(imported())).toBeNull();
  expect(progressOf(imported({ endedAt: null, bytesRead: 500 }))).toBe(0.25);
  expect(progressOf(imported({ endedAt: null, bytes: 0, bytesRead: 0 }))).toBe(0);
});

test("what came of it is told name by name", () => {
  expect(importFacts(imported({ bucketsDiffering: 3 }), tell)).toEqual([
    ["Lines", "10,080 minutes"],
    ["Time", "2026-02-20 to 2026-02-27"],
    ["New figures", "18,720"],
    ["Known already", "1,440"],
    ["Unlike Emporia's own", "3; Emporia's stay"],
  ]);
  const nothing = { state: "refused", lines: null, scale: null, from: null, to: null };
  expect(importFacts(imported(nothing), tell)).toEqual([]);
  expect(importFacts(imported({ scale: "5S" }), tell)[0]).toEqual(["Lines", "10,080 5S"]);
});

test("every series but the balance can be chosen", () => {
  const home = readHome({
    devices: [
      {
        deviceGid: 7,
        locationProperties: { deviceName: "Home" },
        channels: [
          { deviceGid: 7, channelNum: "1,2,3" },
          { deviceGid: 7, channelNum: "1", name: "Fridge" },
          { deviceGid: 7, channelNum: "Balance", name: "Balance" },
        ],
      },
    ],
  } as unknown as Parameters<typeof readHome>[0]);
  expect(seriesOf(home)).toEqual([
    ["7:1,2,3", "Home, all of it"],
    ["7:1", "Home: Fridge"],
  ]);
});
