/** How an import goes, in plain words. */

import type { Import } from "../api/imports.ts";
import { BALANCE } from "../api/wire.ts";
import { countText } from "../format.ts";
import { type Home, walk } from "../home/model.ts";
import type { Tell } from "./times.ts";

const STATES: Readonly<Record<string, string>> = {
  waiting: "The file is here, and waits until another one is read.",
  checking: "Every line is being looked at. Nothing is kept yet.",
  importing: "All lines are good, and are being taken into the archive.",
  refused: "The file was refused. Nothing of it was kept.",
  failed: "The import came to no end. Send the file again: what is missing is taken.",
};

const SCALES: Readonly<Record<string, string>> = {
  "1S": "seconds",
  "1MIN": "minutes",
  "15MIN": "quarter hours",
  "1H": "hours",
};

/** A state that is newer than the page is told in the gateway's own word. */
export function stateText({ state, bucketsTaken }: Import): string {
  if (state !== "done") return STATES[state] ?? `${state.replaceAll("_", " ")}.`;
  return bucketsTaken > 0 ? "The file is in the archive." : "The archive had all of it already.";
}

/** Why it ended too soon, as a sentence; null where it did not. */
export function errorText({ error }: Import): string | null {
  if (error === null) return null;
  const { line, message } = error;
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  return line === null ? sentence : `Line ${countText(line)}: ${message}`;
}

/** The share of this reading that is done; null once it has ended. A file is read three times. */
export function progressOf({ endedAt, bytes, bytesRead }: Import): number | null {
  return endedAt === null ? Math.min(1, bytesRead / Math.max(1, bytes)) : null;
}

/** What came of it, name by name. */
export function importFacts(one: Import, tell: Tell): readonly (readonly [string, string])[] {
  const facts: [string, string][] = [];
  if (one.lines !== null && one.scale !== null) {
    facts.push(["Lines", `${countText(one.lines)} ${SCALES[one.scale] ?? one.scale}`]);
  }
  if (one.from !== null && one.to !== null) {
    facts.push(["Time", `${tell(one.from)} to ${tell(one.to)}`]);
  }
  if (one.state === "done") {
    facts.push(["New figures", countText(one.bucketsTaken)]);
    facts.push(["Known already", countText(one.bucketsKnown)]);
  }
  if (one.bucketsDiffering > 0) {
    facts.push(["Unlike Emporia's own", `${countText(one.bucketsDiffering)}; Emporia's stay`]);
  }
  return facts;
}

/** A series to choose, as the gateway names it and as its owner does. */
export type SeriesChoice = readonly [string, string];

/** The mains of each device and its circuits, from top to bottom. */
export function seriesOf(home: Home): readonly SeriesChoice[] {
  return [...walk(home.roots)].flatMap(({ mains, circuits }) =>
    [mains, ...circuits.filter(({ channel }) => channel !== BALANCE)].map(
      ({ gid, channel, name }): SeriesChoice => [
        `${gid}:${channel}`,
        channel === mains.channel ? `${name}, all of it` : `${mains.name}: ${name}`,
      ],
    ),
  );
}
