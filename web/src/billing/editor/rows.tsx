/** Things of which there may be several, added and removed one by one. */

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

const MOST_ROWS = 24;

interface Props<T> {
  readonly rows: readonly T[];
  readonly empty: T;
  /** What the button says that adds one. */
  readonly add: string;
  readonly onChange: (rows: readonly T[]) => void;
  readonly draw: (
    row: T,
    place: number,
    put: (row: T) => void,
    remove: () => void,
  ) => ComponentChildren;
}

export function Rows<T>({ rows, empty, add, onChange, draw }: Props<T>) {
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const before = useRef(rows.length);
  // Whoever adds one goes on in it; whoever removes one stays near.
  useLayoutEffect(() => {
    const [last] = [...(list.current?.children ?? [])].reverse();
    if (rows.length > before.current) last?.querySelector<HTMLElement>("input, select")?.focus();
    if (rows.length < before.current) button.current?.focus();
    before.current = rows.length;
  }, [rows.length]);
  return (
    <>
      <div class="stack" ref={list} hidden={rows.length === 0}>
        {rows.map((row, place) => (
          <div key={place} class="tariff-part stack">
            {draw(
              row,
              place,
              (changed) => onChange(rows.map((one, at) => (at === place ? changed : one))),
              () => onChange(rows.filter((_, at) => at !== place)),
            )}
          </div>
        ))}
      </div>
      {rows.length < MOST_ROWS && (
        <div>
          <button
            type="button"
            class="button small"
            ref={button}
            onClick={() => onChange([...rows, empty])}
          >
            {add}
          </button>
        </div>
      )}
    </>
  );
}

/** What it removes is said to whoever can't see what stands around it. */
export function RemoveButton({
  what,
  onRemove,
}: {
  readonly what: string;
  readonly onRemove: () => void;
}) {
  return (
    <div>
      <button type="button" class="button small" onClick={onRemove}>
        Take it out<span class="visually-hidden">: {what}</span>
      </button>
    </div>
  );
}
