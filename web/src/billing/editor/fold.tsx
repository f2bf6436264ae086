/** A part of the form that many tariffs do not have: folded away until it is wanted. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

interface Props {
  readonly title: string;
  /** What is in it, told beside the title. */
  readonly told: string;
  /** Whether there is something in it when the form opens. */
  readonly isUsed: boolean;
  readonly children: ComponentChildren;
}

export function Fold({ title, told, isUsed, children }: Props) {
  // Later it is opened and closed by hand alone.
  const [isOpen] = useState(isUsed);
  return (
    <details class="tariff-fold" open={isOpen}>
      <summary>
        {title} <span class="muted small">{told}</span>
      </summary>
      <div class="stack">{children}</div>
    </details>
  );
}
