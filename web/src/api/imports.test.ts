import { afterEach, expect, test, vi } from "vitest";
import { fakeGateway, json, refusal } from "../fakes/gateway.ts";
import { readImport, sendImport } from "./imports.ts";

afterEach(() => vi.unstubAllGlobals());

test("a file is sent as it is, with its name and what its columns are", async () => {
  const gateway = fakeGateway(() => json(202, { import: { id: "1" } }));
  const file = new File(["Time"], "c92c0a-Home-1MIN.csv");
  const columns = new Map([
    ["Home-Attic (kWatts)", "7:1,2,3"],
    ["Home-Shed (kWatts)", ""],
  ]);

  expect(await sendImport("t", file, columns)).toEqual({ id: "1" });
  expect(gateway.asked).toMatchObject([
    {
      method: "POST",
      path: "/import?file=c92c0a-Home-1MIN.csv&column=Home-Attic+%28kWatts%29%3D7%3A1%2C2%2C3",
      token: "Bearer t",
      mediaType: "text/csv",
    },
  ]);
});

test("whoever has begun none has none, and other refusals are told", async () => {
  const gateway = fakeGateway(() => refusal(404, "There is no such import.", "import_unknown"));
  expect(await readImport("t")).toBeNull();

  gateway.answer(() => json(200, { import: { id: "2" } }));
  expect(await readImport("t")).toEqual({ id: "2" });

  gateway.answer(() => refusal(503, "The storage is away.", "storage_unavailable"));
  await expect(readImport("t")).rejects.toThrow("The storage is away.");
});
