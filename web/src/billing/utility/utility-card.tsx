/** The utility's own readings: a file of them is sent, and what differs is told. */

import type { TargetedSubmitEvent } from "preact";
import { useCallback, useId, useRef, useState } from "preact/hooks";
import { Asking } from "../../account/asking.tsx";
import { ApiError } from "../../api/client.ts";
import type { Session } from "../../api/session.ts";
import { readUtility, removeUtility, sendUtilityFile } from "../../api/utility.ts";
import { countText } from "../../format.ts";
import { useLoaded } from "../../loaded.ts";
import { Compared } from "./compared.tsx";

const NO_FILE = "Choose a file first.";

interface Props {
  readonly session: Session;
  /** The gid of a panel. */
  readonly home: number;
  /** Which home, where there are several. */
  readonly name: string | null;
}

export function UtilityCard({ session, home, name }: Props) {
  const load = useCallback(
    async () => ({ told: await session.use((token) => readUtility(token, home)) }),
    [session, home],
  );
  const [{ value, failure }, ask] = useLoaded(load);
  const [file, setFile] = useState<File | null>(null);
  const [isSending, setSending] = useState(false);
  const [sentence, setSentence] = useState<string | null>(null);
  const [notice, setNotice] = useState("");
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const title = useRef<HTMLHeadingElement>(null);

  function complain(told: string): void {
    setSentence(told);
    field.current?.focus();
  }

  async function send(event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (file === null) return complain(NO_FILE);
    setSending(true);
    setSentence(null);
    setNotice("");
    try {
      const { hours, leftOut } = await session.use((token) => sendUtilityFile(token, home, file));
      // Chosen once more it is sent anew, whatever became of it on the disk.
      if (field.current) field.current.value = "";
      setFile(null);
      setNotice([`${countText(hours)} hours are kept.`, ...leftOut].join(" "));
      ask();
    } catch (refusal) {
      if (!(refusal instanceof ApiError)) throw refusal;
      complain(refusal.message);
    } finally {
      setSending(false);
    }
  }

  async function remove(): Promise<void> {
    await session.use((token) => removeUtility(token, home));
    setNotice("The utility's readings are removed.");
    title.current?.focus();
    ask();
  }

  const described = [`${id}-hint`, sentence === null ? "" : `${id}-error`].join(" ").trim();
  const told = value?.told ?? null;
  return (
    <section class="card stack utility-card" data-card="utility" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} ref={title} tabIndex={-1}>
        Beside the utility's readings
        {name && <span class="visually-hidden"> of {name}</span>}
      </h2>
      {told === null && (
        <p class="muted">
          Many utilities hand out what their meter counted, as a Green Button file. Beside it stands
          then what the gateway holds: a clamp that is missing or hours that are shifted show.
        </p>
      )}
      <form class="stack" onSubmit={send} noValidate>
        <div class="field">
          <label for={`${id}-file`}>Green Button file</label>
          <input
            id={`${id}-file`}
            ref={field}
            type="file"
            accept=".xml,application/xml,text/xml"
            aria-invalid={sentence !== null}
            aria-describedby={described}
            onChange={({ currentTarget }) => {
              setFile(currentTarget.files?.[0] ?? null);
              setSentence(null);
            }}
          />
          <span id={`${id}-hint`} class="muted small">
            XML, by the hour or the quarter hour. A later file takes the place of the same hours.
          </span>
          {sentence !== null && (
            <span id={`${id}-error`} class="error" role="alert">
              {sentence}
            </span>
          )}
        </div>
        <div>
          <button type="submit" class="button" disabled={isSending}>
            {isSending ? "Sending …" : "Compare"}
          </button>
        </div>
      </form>
      <p role="status" class={notice ? "small" : "visually-hidden"}>
        {notice}
      </p>
      {failure && <p class="form-error">{failure.message}</p>}
      {told && (
        <>
          <Compared told={told} />
          <div>
            <Asking
              label="Remove"
              about="the utility's readings"
              yes="Yes, remove them"
              no="Keep them"
              act={remove}
            >
              Remove all that is kept of the utility's for this home?
            </Asking>
          </div>
        </>
      )}
    </section>
  );
}
