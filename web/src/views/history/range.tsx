/** Which stretch of time: one by name, or from and to. */

import type { TargetedSubmitEvent } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { locationOf } from "../../history/choices.ts";
import { presetsAt } from "../../history/presets.ts";
import type { History } from "../../history/use-history.ts";
import { fieldValue, readField } from "../../time/local-text.ts";

const SHORTEST_MILLISECONDS = 60_000;
const LONGEST_MILLISECONDS = 20 * 366 * 86_400_000;

interface Props {
  readonly history: History;
}

export function HistoryRange({ history }: Props) {
  const { device, selection, actions } = history;
  return (
    <>
      <fieldset class="history-chips history-presets">
        <legend class="visually-hidden">Range</legend>
        {presetsAt(locationOf(device)).map(([preset, name]) => (
          <label key={preset} class="history-chip">
            <input
              type="radio"
              name="history-range"
              checked={selection.preset === preset}
              onChange={() => actions.choosePreset(preset)}
            />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      <details>
        <summary>From … to …</summary>
        <CustomRange history={history} />
      </details>
    </>
  );
}

function CustomRange({ history: { device, selection, actions, now } }: Props) {
  const { timeZone } = device;
  const { start, end } = selection.span;
  const [from, setFrom] = useState(() => fieldValue(start, timeZone));
  const [to, setTo] = useState(() => fieldValue(end, timeZone));
  const [complaint, setComplaint] = useState<string | null>(null);
  const fromId = useId();
  const toId = useId();
  const complaintId = useId();
  useEffect(() => {
    setFrom(fieldValue(start, timeZone));
    setTo(fieldValue(end, timeZone));
    setComplaint(null);
  }, [start, end, timeZone]);

  function onSubmit(event: TargetedSubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const stretch = { start: readField(from, timeZone), end: readField(to, timeZone) };
    const wrong = complaintAbout(stretch, now());
    setComplaint(wrong);
    if (wrong === null && stretch.start !== null && stretch.end !== null) {
      actions.chooseStretch({ start: stretch.start, end: stretch.end });
    }
  }

  const wrong = complaint === null ? {} : { "aria-invalid": true, "aria-describedby": complaintId };
  return (
    <form class="history-custom" onSubmit={onSubmit} noValidate>
      <div class="field">
        <label for={fromId}>From</label>
        <input
          id={fromId}
          type="datetime-local"
          value={from}
          onInput={({ currentTarget }) => setFrom(currentTarget.value)}
          {...wrong}
        />
      </div>
      <div class="field">
        <label for={toId}>To</label>
        <input
          id={toId}
          type="datetime-local"
          value={to}
          onInput={({ currentTarget }) => setTo(currentTarget.value)}
          {...wrong}
        />
      </div>
      <button type="submit" class="button">
        Show
      </button>
      {complaint && (
        <p class="form-error" id={complaintId} role="alert">
          {complaint}
        </p>
      )}
    </form>
  );
}

function complaintAbout(
  { start, end }: { readonly start: number | null; readonly end: number | null },
  now: number,
): string | null {
  if (start === null || end === null) return "Both need a date and a time.";
  if (start >= end) return "The beginning has to be before the end.";
  if (start >= now) return "The beginning has to be in the past.";
  if (end - start < SHORTEST_MILLISECONDS) return "The range has to be a minute or longer.";
  if (end - start > LONGEST_MILLISECONDS) return "The range has to be twenty years or shorter.";
  return null;
}
