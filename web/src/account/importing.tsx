/** Files of Emporia's own export, taken into the archive: chosen, followed, and what came of it. */

import type { TargetedSubmitEvent } from "preact";
import { useCallback, useEffect, useId, useRef, useState } from "preact/hooks";
import { ApiError } from "../api/client.ts";
import { type Import, readImport, sendImport } from "../api/imports.ts";
import type { Session } from "../api/session.ts";
import type { Home } from "../home/model.ts";
import { useLoaded } from "../loaded.ts";
import { Facts } from "./facts.tsx";
import { errorText, importFacts, progressOf, seriesOf, stateText } from "./import-words.ts";
import type { Tell } from "./times.ts";

const LOOK_AGAIN_MILLISECONDS = 1_000;
const NO_FILE = "Choose a file first.";

interface Props {
  readonly session: Session;
  /** Null while it is not known. */
  readonly home: Home | null;
  readonly tell: Tell;
  /** An import has ended. */
  readonly onChange: () => void;
}

export function Importing({ session, home, tell, onChange }: Props) {
  const load = useCallback(() => session.use(readImport), [session]);
  const [{ value, failure }, ask] = useLoaded(load);
  const [file, setFile] = useState<File | null>(null);
  const [columns, setColumns] = useState<ReadonlyMap<string, string>>(new Map());
  const [isSending, setSending] = useState(false);
  const [sentence, setSentence] = useState<string | null>(null);
  const isGoingOn = value !== null && value.endedAt === null;
  const wasGoingOn = useRef(false);
  const id = useId();
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (wasGoingOn.current && !isGoingOn) onChange();
    wasGoingOn.current = isGoingOn;
    if (!isGoingOn) return;
    const timer = setInterval(ask, LOOK_AGAIN_MILLISECONDS);
    return () => clearInterval(timer);
  }, [isGoingOn, ask]);

  function complain(told: string): void {
    setSentence(told);
    field.current?.focus();
  }

  async function send(event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (file === null) return complain(NO_FILE);
    setSending(true);
    setSentence(null);
    try {
      await session.use((token) => sendImport(token, file, columns));
      setColumns(new Map());
      ask();
    } catch (refusal) {
      if (!(refusal instanceof ApiError)) throw refusal;
      complain(refusal.message);
    } finally {
      setSending(false);
    }
  }

  function choose(chosen: File | null): void {
    setFile(chosen);
    setColumns(new Map());
    setSentence(null);
  }

  const described = [`${id}-hint`, sentence === null ? "" : `${id}-error`].join(" ").trim();
  return (
    <section class="card stack" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>Import</h2>
      <p class="muted">
        Emporia's app exports what it has as CSV files. What they tell of the past goes into the
        archive, and what Emporia has told there stays as it is.
      </p>
      <form class="stack" onSubmit={send} noValidate>
        <div class="field">
          <label for={`${id}-file`}>File</label>
          <input
            id={`${id}-file`}
            ref={field}
            type="file"
            accept=".csv,text/csv"
            aria-invalid={sentence !== null}
            aria-describedby={described}
            onChange={({ currentTarget }) => choose(currentTarget.files?.[0] ?? null)}
          />
          <span id={`${id}-hint`} class="muted small">
            One that ends in 1SEC, 1MIN, 15MIN or 1H. Days (1DAY) can't be taken: the archive sums
            them of hours.
          </span>
          {sentence !== null && (
            <span id={`${id}-error`} class="error" role="alert">
              {sentence}
            </span>
          )}
        </div>
        {home !== null && file !== null && value !== null && !isGoingOn && (
          <Columns {...{ home, columns }} one={value} onChoose={setColumns} />
        )}
        <button type="submit" class="button primary" disabled={isSending || isGoingOn}>
          {isSending ? "Sending …" : "Import"}
        </button>
      </form>
      {failure && (
        <p class="form-error" role="alert">
          {failure.message}
        </p>
      )}
      {value && <Outcome one={value} tell={tell} />}
    </section>
  );
}

function Outcome({ one, tell }: { readonly one: Import; readonly tell: Tell }) {
  const progress = progressOf(one);
  const error = errorText(one);
  const facts = importFacts(one, tell);
  return (
    <>
      <p aria-live="polite">
        <strong>{stateText(one)}</strong>
      </p>
      {progress !== null && <progress class="import-progress" aria-label="Read" value={progress} />}
      {error && <p class="form-error">{error}</p>}
      {facts.length > 0 && <Facts facts={facts} />}
      {one.unmatched.length > 0 && (
        <>
          <p>Left out:</p>
          <ul class="account-names">
            {one.unmatched.map(({ column, reason }) => (
              <li key={column}>
                {column} <span class="muted small">{reason.split(";")[0]}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

interface ColumnsProps {
  readonly home: Home;
  readonly one: Import;
  readonly columns: ReadonlyMap<string, string>;
  readonly onChoose: (columns: ReadonlyMap<string, string>) => void;
}

/** For columns that were left out, what they are. */
function Columns({ home, one, columns, onChoose }: ColumnsProps) {
  const id = useId();
  const choices = seriesOf(home);
  if (one.unmatched.length === 0) return null;
  return (
    <fieldset class="key-choices">
      <legend>Columns that were left out</legend>
      {one.unmatched.map(({ column }, place) => (
        <div key={column} class="field">
          <label for={`${id}-${place}`}>{column}</label>
          <select
            id={`${id}-${place}`}
            value={columns.get(column) ?? ""}
            onChange={({ currentTarget }) =>
              onChoose(new Map([...columns, [column, currentTarget.value]]))
            }
          >
            <option value="">Leave it out</option>
            {choices.map(([series, name]) => (
              <option key={series} value={series}>
                {name}
              </option>
            ))}
          </select>
        </div>
      ))}
    </fieldset>
  );
}
