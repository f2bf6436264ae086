/** A rate of the Utility Rate Database: chosen, looked at with what it will not have, and kept. */

import type { RefObject, TargetedSubmitEvent } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { importRate, previewRate, type TariffPreview } from "../../api/billing.ts";
import { ApiError } from "../../api/client.ts";
import type { Session } from "../../api/session.ts";
import type { Draft } from "../draft/draft.ts";
import { draftOf } from "../draft/of-tariff.ts";
import { holdingsOf } from "./holdings.ts";
import { MOST_BYTES, type Rate, ratesIn } from "./rates-file.ts";

interface Props {
  readonly session: Session;
  readonly onKept: () => void;
  /** Somebody wants to fill the form in with it, and keeps it there. */
  readonly onEdit: (draft: Draft) => void;
  readonly onCancel: () => void;
}

const NO_FILE = "Choose a file first.";
const CHANGED = "This file can't be read; it may have changed. Choose it again.";
const TOO_LARGE = "This file is too large for a rate: save one rate, not the whole database.";

export function RateImport({ session, onKept, onEdit, onCancel }: Props) {
  const [rates, setRates] = useState<readonly Rate[] | null>(null);
  const [place, setPlace] = useState(0);
  const [preview, setPreview] = useState<TariffPreview | null>(null);
  const [sentence, setSentence] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const rate = rates?.[place] ?? null;
  const draft = preview && draftOf(preview.tariff);

  useLayoutEffect(() => field.current?.focus(), []);
  useLayoutEffect(() => {
    if (preview) title.current?.focus();
  }, [preview]);

  function complain(told: string): void {
    setSentence(told);
    field.current?.focus();
  }

  async function choose(file: File | undefined): Promise<void> {
    setPreview(null);
    setPlace(0);
    setRates(null);
    setSentence(null);
    if (file === undefined) return;
    setBusy(true);
    const found = await read(file);
    setBusy(false);
    if (typeof found === "string") complain(found);
    else setRates(found);
  }

  async function ask(act: () => Promise<void>): Promise<void> {
    setBusy(true);
    setSentence(null);
    try {
      await act();
    } catch (refusal) {
      if (!(refusal instanceof ApiError)) throw refusal;
      complain(refusal.message);
    } finally {
      setBusy(false);
    }
  }

  function look(event: TargetedSubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (rate === null) {
      complain(sentence ?? NO_FILE);
      return;
    }
    void ask(async () => {
      setPreview(await session.use((token) => previewRate(token, rate.content)));
    });
  }

  function keep(): void {
    if (rate === null) return;
    void ask(async () => {
      await session.use((token) => importRate(token, rate.content));
      onKept();
    });
  }

  const described = [`${id}-hint`, sentence === null ? "" : `${id}-error`].join(" ").trim();
  return (
    <form class="stack tariff-form" onSubmit={look} noValidate aria-label="Import a rate">
      <div class="field">
        <label for={`${id}-file`}>File of the rate</label>
        <input
          id={`${id}-file`}
          ref={field}
          type="file"
          accept=".json,application/json"
          aria-invalid={sentence !== null}
          aria-describedby={described}
          onChange={({ currentTarget }) => void choose(currentTarget.files?.[0])}
        />
        <span id={`${id}-hint`} class="muted small">
          Rates of many utilities of the United States are in OpenEI's Utility Rate Database
          (openei.org), where each can be had as JSON.
        </span>
        {sentence !== null && (
          <span id={`${id}-error`} class="error" role="alert">
            {sentence}
          </span>
        )}
      </div>
      {rates !== null && rates.length > 1 && (
        <div class="field">
          <label for={`${id}-rate`}>Which of them</label>
          <select
            id={`${id}-rate`}
            value={place}
            onChange={({ currentTarget }) => {
              setPlace(Number(currentTarget.value));
              setPreview(null);
            }}
          >
            {rates.map(({ name }, index) => (
              <option key={index} value={index}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
      {preview !== null && <Preview {...{ preview, title }} />}
      <div class="choices">
        {preview === null ? (
          <button type="submit" class="button primary" disabled={isBusy}>
            {isBusy ? "One moment …" : "Look at it"}
          </button>
        ) : (
          <>
            <button type="button" class="button primary" disabled={isBusy} onClick={keep}>
              {isBusy ? "One moment …" : "Keep it"}
            </button>
            {draft && (
              <button type="button" class="button" disabled={isBusy} onClick={() => onEdit(draft)}>
                Change it first
              </button>
            )}
          </>
        )}
        <button type="button" class="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}

async function read(file: File): Promise<readonly Rate[] | string> {
  if (file.size > MOST_BYTES) return TOO_LARGE;
  try {
    return ratesIn(await file.text());
  } catch {
    return CHANGED;
  }
}

interface PreviewProps {
  readonly preview: TariffPreview;
  readonly title: RefObject<HTMLHeadingElement | null>;
}

function Preview({ preview: { tariff, leftOut }, title }: PreviewProps) {
  return (
    <section class="tariff-part stack" aria-label="What it holds">
      <h3 ref={title} tabIndex={-1}>
        {tariff.name}
      </h3>
      <p class="small">
        {tariff.currency}, since {tariff.rates[0]?.since}: {holdingsOf(tariff)}. Nothing is kept
        yet.
      </p>
      {leftOut.length === 0 ? (
        <p>All of it is taken over.</p>
      ) : (
        <>
          <p class="notice">
            Not all of it can be taken over, so bills may come to something else:
          </p>
          <ul class="tariff-left-out small" data-testid="left-out">
            {leftOut.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
