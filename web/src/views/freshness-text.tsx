/** When the sample was, and how far it can be trusted. */

import { useMemo } from "preact/hooks";
import type { Quality } from "../api/wire.ts";
import { ageText, timeOfDay } from "../format.ts";
import type { Reading } from "../home/readings.ts";
import type { Freshness } from "../live/freshness.ts";

const WORTH: Readonly<Record<Quality, string>> = {
  live: "a second that was measured",
  averaged: "an average, which Emporia put where nothing was measured",
  missing: "Emporia has no figure for this second",
};

interface Props {
  readonly freshness: Freshness;
  readonly reading: Reading;
  readonly timeZone: string;
}

export function FreshnessText({ freshness, reading, timeZone }: Props) {
  const clock = useMemo(() => timeOfDay(timeZone), [timeZone]);
  const instant = (
    <time data-testid="instant" dateTime={new Date(reading.instant).toISOString()}>
      {clock(reading.instant)}
    </time>
  );
  const age = ageText(freshness.ageMilliseconds);
  switch (freshness.kind) {
    case "live":
      return <p class="muted small">At {instant}</p>;
    case "sparse":
      return (
        <p class="muted small">
          At {instant}, <strong>{age} ago</strong>. Samples are rare to save requests; the next is
          due {dueText(freshness.nextInMilliseconds)}.
        </p>
      );
    case "replayed":
      return (
        <p class="muted small">
          At {instant}, {age} ago: {WORTH[freshness.quality]}.
        </p>
      );
    case "stale":
      return (
        <p class="small">
          <span class="badge">Stale</span> Last sample at {instant}, <strong>{age} ago</strong>.
        </p>
      );
  }
}

function dueText(milliseconds: number): string {
  return milliseconds < 1_000 ? "now" : `in ${ageText(milliseconds)}`;
}
