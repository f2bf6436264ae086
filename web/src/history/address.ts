/**
 * What is looked at as the query of an address, and back: to be linked, kept and come back to.
 *
 * `device=1001&series=1001:1,2,3&series=1001:3&range=today&scale=1H&measure=watts&compare=yes`,
 * with `from` and `to` in UTC where the range has no name. Whatever can't be read is passed over.
 */

import type { Scale } from "../api/wire.ts";
import { circuitKey, type Home } from "../home/model.ts";
import { utcIso } from "../time/local-text.ts";
import { choicesFor, locationOf } from "./choices.ts";
import { PRESET_NAMES, presetSpan } from "./presets.ts";
import { SCALES } from "./scales.ts";
import { MARKS } from "./scene/marks.ts";
import { MEASURES, type Measure } from "./scene/measure.ts";
import {
  type Chosen,
  ledTo,
  MOST_SERIES,
  mainsOf,
  type Selection,
  type Sight,
  withAll,
  withSlots,
} from "./scene/selection.ts";
import { spanOf } from "./span.ts";

const ALL = "all";
const LONGEST_MILLISECONDS = 20 * 366 * 86_400_000;
const SHORTEST_MILLISECONDS = 60_000;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z$/;
/** Series and times stay as people read them. */
const HARMLESS = /%(2C|2F|3A)/g;

export function addressOf(selection: Selection): string {
  const { gid, isWhole, chosen, preset, span, scale, measure, compares } = selection;
  const parts: (readonly [string, string])[] = [["device", isWhole ? ALL : String(gid)]];
  chosen.forEach(({ key, slot }, index) => {
    const letter = slot === index ? "" : `~${MARKS[slot]?.letter}`;
    parts.push(["series", `${key.replace("/", ":")}${letter}`]);
  });
  if (chosen.length === 0) parts.push(["series", ""]);
  if (preset === null) parts.push(["from", utcIso(span.start)], ["to", utcIso(span.end)]);
  else parts.push(["range", preset]);
  if (scale !== null) parts.push(["scale", scale]);
  if (measure !== "kwh") parts.push(["measure", measure]);
  if (compares) parts.push(["compare", "yes"]);
  return parts
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&")
    .replace(HARMLESS, decodeURIComponent);
}

/** What the address says; of what it says nothing, as it was. */
export function addressed(query: string, selection: Selection, home: Home, now: number): Selection {
  const search = new URLSearchParams(query);
  const circuit = search.get("circuit");
  if (circuit !== null) return ledTo(circuit, selection, home) ?? selection;
  if (!["device", "series", "range", "from"].some((name) => search.has(name))) return selection;
  const placed = placedAt(search, selection, home);
  const device = home.byGid.get(placed.gid);
  if (device === undefined) return selection;
  const next = {
    ...placed,
    measure: measureNamed(search.get("measure")) ?? "kwh",
    compares: search.get("compare") === "yes",
    now,
  };
  return { ...next, ...(sightIn(search, locationOf(device), now) ?? {}) };
}

function placedAt(search: URLSearchParams, selection: Selection, home: Home): Selection {
  const named = search.getAll("series").map(namedIn);
  const isKnown = (gid: number) => home.byGid.has(gid);
  const asked = search.get("device");
  const gid = [Number(asked), ...named.map((one) => one.gid)].find(isKnown) ?? selection.gid;
  const device = home.byGid.get(gid);
  if (device === undefined) return selection;
  if (!search.has("series")) {
    if (asked === null) return selection;
    const mains = { ...selection, gid, isWhole: false, chosen: [mainsOf(device)] };
    return asked === ALL ? withAll(mains, home) : mains;
  }
  const known = choicesFor(home, { gid, isWhole: true });
  const own = choicesFor(home, { gid, isWhole: false });
  const there = named.filter(({ key }) => known.has(key) || own.has(key)).slice(0, MOST_SERIES);
  const at = { ...selection, gid, isWhole: false, chosen: withSlots(there) };
  const isOwn = there.every(({ key }) => own.has(key));
  return asked === ALL || !isOwn ? withAll(at, home) : at;
}

interface Named extends Pick<Chosen, "key"> {
  readonly gid: number;
  readonly slot: number | null;
}

function namedIn(text: string): Named {
  const [name = "", letter] = text.split("~");
  const [gid = "", channel] = name.split(":");
  const slot = MARKS.findIndex((mark) => mark.letter === letter);
  return {
    key: channel === undefined ? gid : circuitKey(Number(gid), channel),
    gid: Number(gid),
    slot: slot === -1 ? null : slot,
  };
}

function sightIn(
  search: URLSearchParams,
  location: ReturnType<typeof locationOf>,
  now: number,
): Sight | null {
  const scale = scaleNamed(search.get("scale"));
  const preset = PRESET_NAMES.find((one) => one === search.get("range"));
  if (preset) return { preset, span: presetSpan(preset, now, location), scale };
  const [start, end] = [instantIn(search.get("from")), instantIn(search.get("to"))];
  if (start === null || end === null || start >= now) return null;
  const length = end - start;
  if (!(length >= SHORTEST_MILLISECONDS && length <= LONGEST_MILLISECONDS)) return null;
  return { preset: null, span: spanOf({ start, end }, location), scale };
}

function instantIn(text: string | null): number | null {
  if (text === null || !INSTANT.test(text)) return null;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? null : instant;
}

function scaleNamed(text: string | null): Scale | null {
  return SCALES.find((one) => one === text) ?? null;
}

function measureNamed(text: string | null): Measure | null {
  return MEASURES.find(([one]) => one === text)?.[0] ?? null;
}
