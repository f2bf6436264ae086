/** Another day's energy at this time, and how today differs from it. */

import { kwhText, shareText } from "../../format.ts";
import type { Sum } from "../../today/buckets.ts";
import { LEAST_KNOWN } from "../../today/figures.ts";

interface BesideProps {
  readonly id: string;
  readonly name: string;
  readonly kwh: number | null;
  readonly today: Sum | null;
}

/** How today differs from it. */
function changeText(ratio: number): string {
  const share = shareText(Math.abs(ratio));
  if (share === shareText(0)) return "today is the same";
  return `today is ${share} ${ratio > 0 ? "more" : "less"}`;
}

export function Beside({ id, name, kwh, today }: BesideProps) {
  const isComparable = kwh !== null && kwh > 0 && today !== null && today.known >= LEAST_KNOWN;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span data-testid={`today-${id}`}>{kwhText(kwh)}</span> kWh
        {isComparable && <span class="muted small"> {changeText(today.kwh / kwh - 1)}</span>}
      </dd>
    </div>
  );
}
