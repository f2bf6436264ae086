/** What a new key is to be good for, what it may see, and how long. */

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { type Draft, type DraftField, type DraftProblem, toggled } from "./draft.ts";
import { LimitTicks } from "./limit-ticks.tsx";
import type { Tick } from "./limits.ts";
import { SCOPES } from "./scopes.ts";

/** What the gateway takes. */
const LONGEST_NAME = 64;

interface Props {
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  /** Null where nothing can be ticked; the sentence says why. */
  readonly ticks: readonly Tick[] | null;
  readonly whyNoTicks: string;
  readonly problem: DraftProblem | null;
  /** What the gateway said of the whole. */
  readonly sentence: string | null;
  readonly isBusy: boolean;
  readonly onSend: () => void;
  readonly onClose: () => void;
}

export function KeyForm(props: Props) {
  const { draft, onDraft, ticks, whyNoTicks, problem, sentence, isBusy, onSend, onClose } = props;
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  useEffect(() => {
    const place = problem ? `[data-field=${problem.field}]` : sentence ? "[type=submit]" : null;
    if (place) form.current?.querySelector<HTMLElement>(place)?.focus();
  }, [problem, sentence]);
  useEffect(() => form.current?.querySelector<HTMLElement>("[data-field=name]")?.focus(), []);

  /** What belongs to a field that may be wrong. */
  function fieldOf(field: DraftField, hint = "") {
    const isWrong = problem?.field === field;
    const described = [hint, isWrong ? `${id}-error` : ""].filter(Boolean).join(" ");
    return {
      "data-field": field,
      "aria-invalid": isWrong,
      ...(described ? { "aria-describedby": described } : {}),
    };
  }

  function errorOf(field: DraftField): ComponentChildren {
    if (problem?.field !== field) return null;
    return (
      <span id={`${id}-error`} class="form-error" role="alert">
        {problem.sentence}
      </span>
    );
  }

  return (
    <form
      class="stack"
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      <div class="field">
        <label for={`${id}-name`}>Name</label>
        <input
          id={`${id}-name`}
          type="text"
          maxLength={LONGEST_NAME}
          autoComplete="off"
          required
          value={draft.name}
          onInput={({ currentTarget }) => onDraft({ ...draft, name: currentTarget.value })}
          {...fieldOf("name", `${id}-name-hint`)}
        />
        <span id={`${id}-name-hint`} class="muted small">
          Such as the program that gets it.
        </span>
        {errorOf("name")}
      </div>
      <fieldset class="key-choices">
        <legend>What it is good for</legend>
        {SCOPES.map(({ scope, name, sentence: meaning }, index) => (
          <label key={scope} class="check key-choice">
            <input
              type="checkbox"
              checked={draft.scopes.has(scope)}
              onChange={() => onDraft({ ...draft, scopes: toggled(draft.scopes, scope) })}
              {...(index === 0 ? fieldOf("scopes") : {})}
            />
            <span>
              <strong>{name}.</strong> {meaning}
            </span>
          </label>
        ))}
        {errorOf("scopes")}
      </fieldset>
      <fieldset class="key-choices">
        <legend>What it sees</legend>
        <label class="check key-choice">
          <input
            type="radio"
            name="limits"
            checked={!draft.isLimited}
            onChange={() => onDraft({ ...draft, isLimited: false })}
          />
          <span>All that you see</span>
        </label>
        <label class="check key-choice">
          <input
            type="radio"
            name="limits"
            checked={draft.isLimited}
            disabled={ticks === null}
            onChange={() => onDraft({ ...draft, isLimited: true })}
            {...fieldOf("limits")}
          />
          <span>Only what you tick</span>
        </label>
        {ticks === null && <p class="muted small">{whyNoTicks}</p>}
        {ticks !== null && draft.isLimited && (
          <LimitTicks
            ticks={ticks}
            ticked={draft.ticked}
            onToggle={(key) => onDraft({ ...draft, ticked: toggled(draft.ticked, key) })}
          />
        )}
        {errorOf("limits")}
      </fieldset>
      <div class="field">
        <label for={`${id}-day`}>Last day</label>
        <input
          id={`${id}-day`}
          type="date"
          value={draft.lastDay}
          onInput={({ currentTarget }) => onDraft({ ...draft, lastDay: currentTarget.value })}
          {...fieldOf("lastDay", `${id}-day-hint`)}
        />
        <span id={`${id}-day-hint`} class="muted small">
          Left empty, it is good until you revoke it.
        </span>
        {errorOf("lastDay")}
      </div>
      {sentence && (
        <p class="form-error" role="alert">
          {sentence}
        </p>
      )}
      <div class="choices">
        <button type="submit" class="button primary" disabled={isBusy}>
          {isBusy ? "One moment …" : "Make the key"}
        </button>
        <button type="button" class="button" onClick={onClose}>
          Make none
        </button>
      </div>
    </form>
  );
}
