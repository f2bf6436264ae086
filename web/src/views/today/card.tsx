/** One figure of the day, with what is to be said of it. */

import type { ComponentChildren } from "preact";
import { coverageText, isInPart } from "../../format.ts";
import type { Sum } from "../../today/buckets.ts";

interface CardProps {
  readonly title: string;
  readonly id: string;
  readonly figure: string;
  readonly unit?: string;
  readonly children?: ComponentChildren;
}

export function Card({ title, id, figure, unit, children }: CardProps) {
  return (
    <section class="card today-card" data-card={id}>
      <h2 class="muted small">{title}</h2>
      <p class="today-figure">
        <span data-testid={`today-${id}`}>{figure}</span>
        {unit && <span class="unit"> {unit}</span>}
      </p>
      {children}
    </section>
  );
}

/** Says of which part of its time a sum is, unless it is of all of it. */
export function Known({ sum }: { readonly sum: Sum | null }) {
  if (sum === null || !isInPart(sum.known)) return null;
  return <p class="small">Of {coverageText(sum.known)} of that time; the rest is unknown.</p>;
}
