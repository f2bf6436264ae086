/** The circuits of the home: held still, searched and grouped as somebody likes. */

import { useMemo, useState } from "preact/hooks";
import type { Reading } from "../../home/readings.ts";
import { finderOf } from "../../home/row-search.ts";
import type { EnergyToday } from "../../live/energy-today.ts";
import { SearchField } from "../search-field.tsx";
import { CircuitBars, type Group } from "./circuit-bars.tsx";

/** From so many on, a list is searched rather than read, and its panels are folded. */
const LONG_LIST = 60;

interface Props {
  readonly reading: Reading;
  readonly today: EnergyToday;
  readonly isHeld: boolean;
  readonly onHold: () => void;
}

export function Circuits({ reading, today, isHeld, onHold }: Props) {
  const { rows, panels } = reading;
  const isLong = rows.length > LONG_LIST;
  const [search, setSearch] = useState("");
  const [wish, setWish] = useState<boolean | null>(null);
  const hasGroups = panels.length > 1;
  const isGrouped = hasGroups && (wish ?? isLong);
  const groups = useMemo(
    () => groupsOf(reading, { search, isGrouped }),
    [reading, search, isGrouped],
  );
  const bars = useMemo(
    () => <CircuitBars {...{ groups, today }} isUnfolded={search !== "" || !isLong} />,
    [groups, today, today.answers, search, isLong],
  );
  return (
    <section class="card" aria-labelledby="circuits">
      <div class="title-row">
        <h2 id="circuits">Circuits</h2>
        <button type="button" class="button small" aria-pressed={isHeld} onClick={onHold}>
          {isHeld ? "Go on" : "Hold still"}
        </button>
        <span class="muted small">A name leads to its history.</span>
      </div>
      {(isLong || hasGroups) && (
        <div class="circuit-tools">
          {isLong && <SearchField label="Find a circuit" value={search} onSearch={setSearch} />}
          {hasGroups && (
            <label class="check">
              <input type="checkbox" checked={isGrouped} onChange={() => setWish(!isGrouped)} />
              Group by panel
            </label>
          )}
        </div>
      )}
      {groups.length === 0 && search ? <p class="muted">No circuit has that in its name.</p> : bars}
    </section>
  );
}

/** A group a panel, and one of what is no circuit of any; those without a match are left out. */
function groupsOf(
  { rows, panels }: Reading,
  { search, isGrouped }: { readonly search: string; readonly isGrouped: boolean },
): readonly Group[] {
  const find = finderOf(search, rows);
  const named = isGrouped ? panels : [];
  const inPanels = new Set(named.flatMap((panel) => panel.rows.map(({ key }) => key)));
  const others = rows.filter(({ key }) => !inPanels.has(key));
  return [...named.map((panel) => ({ panel, rows: panel.rows })), { panel: null, rows: others }]
    .map((group) => ({ ...group, rows: find(group.rows) }))
    .filter((group) => group.rows.length > 0);
}
