/** The home to tick what a key may see: devices, and their circuits below them. */

import { useMemo, useState } from "preact/hooks";
import { countText } from "../../format.ts";
import { matcherOf } from "../../home/row-search.ts";
import { SearchField } from "../../views/search-field.tsx";
import { isCovered, type Tick, tickedNames } from "./limits.ts";

/** From so many on, a list is searched rather than read. */
const LONG_LIST = 20;
const INDENT = 24;
/** So many names are read at a glance. */
const MOST_NAMES = 4;

interface Props {
  readonly ticks: readonly Tick[];
  readonly ticked: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
}

export function LimitTicks({ ticks, ticked, onToggle }: Props) {
  const [search, setSearch] = useState("");
  const found = useMemo(() => {
    const fits = matcherOf(search, ticks.map(writtenOf));
    return ticks.filter((tick) => fits(writtenOf(tick)));
  }, [ticks, search]);
  return (
    <>
      {ticks.length > LONG_LIST && (
        <SearchField label="Find a device or circuit" value={search} onSearch={setSearch} />
      )}
      <div class="limit-ticks">
        {found.map((tick) => {
          const comesAlong = isCovered(tick, ticked);
          return (
            <label
              key={tick.key}
              class="check limit-tick"
              style={{ paddingInlineStart: `${8 + tick.depth * INDENT}px` }}
            >
              <input
                type="checkbox"
                checked={comesAlong || ticked.has(tick.key)}
                disabled={comesAlong}
                onChange={() => onToggle(tick.key)}
              />
              <span class="limit-name">
                {tick.channel === null ? <strong>{tick.name}</strong> : tick.name}
                {tick.detail && !saysSame(tick) && <span class="muted small"> {tick.detail}</span>}
              </span>
            </label>
          );
        })}
      </div>
      {found.length === 0 && <p class="muted">Nothing has that in its name.</p>}
      <p class="small" role="status">
        {summaryOf(tickedNames(ticks, ticked))}
      </p>
    </>
  );
}

function writtenOf({ name, detail, channel }: Tick): string {
  return channel === null ? name : `${name} ${detail ?? ""}`;
}

/** A circuit is often named as what it feeds. */
function saysSame({ name, detail }: Tick): boolean {
  return detail?.toLowerCase().includes(name.toLowerCase()) ?? false;
}

function summaryOf(names: readonly string[]): string {
  if (names.length === 0) return "Nothing is ticked yet.";
  const more = names.length - MOST_NAMES;
  return `It sees ${names.slice(0, MOST_NAMES).join(", ")}${more > 0 ? ` and ${countText(more)} more` : ""}, and nothing else.`;
}
