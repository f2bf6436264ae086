/** Which home, month and circuits a statement is of, and for whom. */

import { useId } from "preact/hooks";
import type { Billed } from "./circuits.ts";
import { monthText } from "./months.ts";

export interface HomeChoice {
  readonly gid: number;
  readonly name: string;
}

interface Props {
  readonly homes: readonly HomeChoice[];
  readonly home: number;
  readonly onHome: (gid: number) => void;
  readonly months: readonly string[];
  readonly month: string;
  readonly onMonth: (month: string) => void;
  readonly circuits: readonly Billed[];
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (ticked: ReadonlySet<string>) => void;
  readonly recipient: string;
  readonly onRecipient: (recipient: string) => void;
}

export function Choosing(props: Props) {
  const { homes, home, months, month, circuits, ticked, recipient } = props;
  const id = useId();

  function toggle(series: string): void {
    const others = new Set(ticked);
    if (!others.delete(series)) others.add(series);
    props.onTick(others);
  }
  return (
    <section class="card stack statement-choosing" aria-label="What the statement is of">
      <div class="tariff-row">
        {homes.length > 1 && (
          <div class="field">
            <label for={`${id}-home`}>Home</label>
            <select
              id={`${id}-home`}
              value={home}
              onChange={({ currentTarget }) => props.onHome(Number(currentTarget.value))}
            >
              {homes.map(({ gid, name }) => (
                <option key={gid} value={gid}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        )}
        <div class="field">
          <label for={`${id}-month`}>Month</label>
          <select
            id={`${id}-month`}
            value={month}
            onChange={({ currentTarget }) => props.onMonth(currentTarget.value)}
          >
            {months.map((one) => (
              <option key={one} value={one}>
                {monthText(one)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for={`${id}-recipient`}>For</label>
          <input
            id={`${id}-recipient`}
            value={recipient}
            maxLength={80}
            autoComplete="off"
            aria-describedby={`${id}-hint`}
            onInput={({ currentTarget }) => props.onRecipient(currentTarget.value)}
          />
          <span id={`${id}-hint`} class="muted small">
            Stands on top of it, such as Flat 2; it is kept nowhere.
          </span>
        </div>
      </div>
      <fieldset class="statement-circuits">
        <legend>Circuits</legend>
        {circuits.map(({ series, name, detail }) => (
          <label key={series} class="check">
            <input type="checkbox" checked={ticked.has(series)} onChange={() => toggle(series)} />
            <span>
              {name}
              {detail && <span class="muted small"> {detail}</span>}
            </span>
          </label>
        ))}
      </fieldset>
      {circuits.length === 0 && (
        <p class="muted">No panel of this home has a circuit with a name.</p>
      )}
      <p class="choices">
        <button
          type="button"
          class="button small"
          onClick={() => props.onTick(new Set(circuits.map(({ series }) => series)))}
        >
          Tick all
        </button>
        <button type="button" class="button small" onClick={() => props.onTick(new Set())}>
          Tick none
        </button>
      </p>
    </section>
  );
}
