/** Which device, and which of its series: the mains, circuits, and what hangs below them. */

import { useId, useMemo, useState } from "preact/hooks";
import { type Choice, devicesOf, offeredOf } from "../../history/choices.ts";
import { markAt } from "../../history/scene/marks.ts";
import { isFull, MOST_SERIES } from "../../history/scene/selection.ts";
import type { History } from "../../history/use-history.ts";
import type { Home } from "../../home/model.ts";
import { SearchField } from "../search-field.tsx";
import { HistorySample } from "./sample.tsx";

/** From so many on, a list is searched rather than read. */
const LONG_LIST = 20;
const INDENT = 24;
const ALL = "all";

interface Props {
  readonly home: Home;
  readonly history: History;
}

export function HistoryCircuits({ home, history }: Props) {
  const { device, selection, actions } = history;
  const [search, setSearch] = useState("");
  const [isWide] = useState(() => window.matchMedia("(min-width: 1000px)").matches);
  const deviceId = useId();
  const { gid, isWhole } = selection;
  const choices = useMemo(() => offeredOf(home, { gid, isWhole }), [home, gid, isWhole]);
  const found = choices.filter(({ label }) => label.toLowerCase().includes(search.toLowerCase()));
  const chosen = choices.filter(({ key }) => selection.chosen.some((one) => one.key === key));
  return (
    <section class="card history-circuits" aria-label="Device and circuits">
      <div class="field history-inline">
        <label for={deviceId}>Device</label>
        <select
          id={deviceId}
          value={isWhole ? ALL : device.gid}
          onChange={({ currentTarget }) => {
            const next = home.byGid.get(Number(currentTarget.value));
            setSearch("");
            if (currentTarget.value === ALL) actions.chooseAll();
            if (next) actions.chooseDevice(next);
          }}
        >
          {home.byGid.size > 1 && <option value={ALL}>All devices</option>}
          {devicesOf(home).map(({ device: { gid, name, online }, depth }) => (
            <option key={gid} value={gid}>
              {"\u00a0\u00a0".repeat(depth)}
              {name}
              {online === false ? " (offline)" : ""}
            </option>
          ))}
        </select>
      </div>
      <details open={isWide}>
        <summary>
          Circuits <span class="muted">{summaryOf(chosen)}</span>
        </summary>
        {choices.length > LONG_LIST && (
          <SearchField label="Find a circuit" value={search} onSearch={setSearch} />
        )}
        <CircuitList choices={found} history={history} />
        {found.length === 0 && <p class="muted">No circuit has that in its name.</p>}
        {isFull(selection) && (
          <p class="small">
            {MOST_SERIES} are shown, which is as many as can be told apart. Take one out to add
            another.
          </p>
        )}
      </details>
    </section>
  );
}

function CircuitList({
  choices,
  history: { selection, actions },
}: {
  readonly choices: readonly Choice[];
  readonly history: History;
}) {
  const slots = new Map(selection.chosen.map(({ key, slot }) => [key, slot]));
  return (
    <fieldset class="history-list">
      <legend class="visually-hidden">Circuits to show</legend>
      {choices.map(({ key, name, detail, depth }) => {
        const slot = slots.get(key);
        return (
          <label
            key={key}
            class="check history-choice"
            style={{ paddingInlineStart: `${8 + depth * INDENT}px` }}
          >
            <input
              type="checkbox"
              checked={slot !== undefined}
              disabled={slot === undefined && isFull(selection)}
              onChange={() => actions.toggle(key)}
            />
            <span class="history-name">
              {name}
              {detail && !saysSame(name, detail) && <span class="muted small"> {detail}</span>}
            </span>
            {slot !== undefined && (
              <span aria-hidden="true">
                <HistorySample mark={markAt(slot)} isAlone={slots.size === 1} />
              </span>
            )}
          </label>
        );
      })}
    </fieldset>
  );
}

/** A circuit is often named as what it feeds. */
function saysSame(name: string, detail: string): boolean {
  return detail.toLowerCase().includes(name.toLowerCase());
}

function summaryOf(chosen: readonly Choice[]): string {
  const [first, ...others] = chosen;
  if (first === undefined) return "none chosen";
  return others.length === 0 ? first.label : `${first.label} and ${others.length} more`;
}
