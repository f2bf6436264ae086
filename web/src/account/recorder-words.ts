/** How the recording goes, in plain words. */

import type { RecordedSeconds, Recorder } from "../api/archive.ts";
import { countText } from "../format.ts";
import type { Tell } from "./times.ts";

export const SECONDS: readonly (readonly [RecordedSeconds, string])[] = [
  ["off", "No seconds"],
  ["mains", "Seconds of the mains"],
  ["all", "Seconds of every circuit"],
];

const STATES: Readonly<Record<string, string>> = {
  off: "Whoever runs the gateway has switched recording off. What was looked at is kept.",
  planning: "The gateway works out what to ask Emporia for.",
  recording: "What is new is being asked for, before Emporia forgets it.",
  filling: "What is new is recorded, and the past is being fetched.",
  up_to_date: "All is recorded that can be.",
};

const WAITS: Readonly<Record<string, string>> = {
  budget: "Waiting: the requests that recording may make are used up for now.",
  cloud: "Waiting: Emporia's cloud is not available.",
  storage: "Waiting: the gateway can't write to its storage.",
  link: "Waiting: Emporia takes the link no more. Link the account again.",
  watchers: "Waiting while somebody watches live, which comes first.",
};

/** A state that is newer than the page is told in the gateway's own word. */
export function stateText({ state, waitsFor }: Recorder): string {
  if (waitsFor !== null) return WAITS[waitsFor] ?? `Waiting: ${waitsFor}.`;
  return STATES[state] ?? `${state.replaceAll("_", " ")}.`;
}

/** What is known of the plan, name by name. */
export function recorderFacts(
  recorder: Recorder,
  tell: Tell,
): readonly (readonly [string, string])[] {
  const { requestsPerDay, plannedRequests, fillRequests, fillCompleteAt, lastRequestAt } = recorder;
  const facts: [string, string][] = [];
  if (requestsPerDay !== null) facts.push(["Requests a day", countText(requestsPerDay)]);
  if (plannedRequests !== null) {
    const past = fillRequests ? `, ${countText(fillRequests)} of them for the past` : "";
    facts.push(["Requests still to make", `${countText(plannedRequests)}${past}`]);
  }
  if (fillRequests === 0) facts.push(["The past", "complete"]);
  else if (fillCompleteAt !== null)
    facts.push(["The past", `complete about ${tell(fillCompleteAt)}`]);
  if (lastRequestAt !== null) facts.push(["Last request", tell(lastRequestAt)]);
  return facts;
}
