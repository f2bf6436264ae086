/** A list that may be long: its beginning, and the rest on demand. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { countText } from "../format.ts";

/** What is seen of a list at first. */
const FIRST = 5;

interface Props<T> {
  readonly all: readonly T[];
  /** What they are, such as `sessions`. */
  readonly noun: string;
  readonly children: (one: T) => ComponentChildren;
}

export function Some<T>({ all, noun, children }: Props<T>) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? all : all.slice(0, FIRST);
  return (
    <>
      <ul class="account-list">{shown.map(children)}</ul>
      {all.length > FIRST && (
        <button
          type="button"
          class="button small"
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? `Show ${FIRST} ${noun}` : `Show all ${countText(all.length)} ${noun}`}
        </button>
      )}
    </>
  );
}
