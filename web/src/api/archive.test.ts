import { afterEach, expect, test, vi } from "vitest";
import { fakeGateway, json } from "../fakes/gateway.ts";
import { chooseRecording, readCoverage, readRecorder } from "./archive.ts";

afterEach(() => vi.unstubAllGlobals());

test("days and their shares are what stands in the answer", async () => {
  const gateway = fakeGateway(() => json(200, { days: [["2026-03-01", 0.98]] }));

  expect(await readCoverage("t", { gid: 7, channel: "1,2,3" })).toEqual([["2026-03-01", 0.98]]);
  expect(gateway.asked).toMatchObject([
    { method: "GET", path: "/archive/coverage?series=7%3A1%2C2%2C3", token: "Bearer t" },
  ]);
});

test("what is recorded is read, and chosen bit by bit", async () => {
  const gateway = fakeGateway(() => json(200, { minutes: true, seconds: "off" }));
  await readRecorder("t");
  await chooseRecording("t", { seconds: "mains" });

  expect(gateway.asked).toMatchObject([
    { method: "GET", path: "/me/recorder", token: "Bearer t", body: null },
    { method: "PUT", path: "/me/recorder", token: "Bearer t", body: { seconds: "mains" } },
  ]);
});
