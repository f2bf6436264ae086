/** Forms that send one request, and show what is wrong beside the field that it is about. */

import type { ComponentChildren, TargetedSubmitEvent } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { ApiError } from "../api/client.ts";

export interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly kind: "email" | "password" | "code";
  readonly autoComplete: string;
  readonly hint?: string;
}

export interface Complaint {
  /** The field that it is about; null is none of them. */
  readonly field: string | null;
  readonly sentence: string;
}

interface FormProps {
  readonly fields: readonly FieldProps[];
  readonly submit: string;
  readonly danger?: boolean;
  readonly children?: ComponentChildren;
  /** Send it; the values are those of the fields and of named check boxes (`on`). */
  readonly send: (values: ReadonlyMap<string, string>) => Promise<void>;
  /** Which field a failure is about; null is none of them. */
  readonly blame: (failure: ApiError) => string | null;
  /** What may help somebody further beside the gateway's own sentence; null is nothing. */
  readonly advice?: (failure: ApiError) => string | null;
}

export function RequestForm(props: FormProps) {
  const { fields, submit, danger, children, send, blame, advice } = props;
  const [complaint, setComplaint] = useState<Complaint | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (complaint === null) return;
    const place =
      complaint.field === null
        ? form.current?.querySelector("button[type=submit]")
        : form.current?.elements.namedItem(complaint.field);
    if (place instanceof HTMLElement) place.focus();
  }, [complaint]);

  async function onSubmit(event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const values = new Map([...new FormData(event.currentTarget)].map(([k, v]) => [k, String(v)]));
    setBusy(true);
    setComplaint(null);
    try {
      await send(values);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      const empty = fields.find(({ name }) => !values.get(name));
      const isIncomplete = failure.code === "incomplete" && empty !== undefined;
      const field = isIncomplete ? empty.name : isOfNoField(failure) ? null : blame(failure);
      const more = isIncomplete ? null : (advice?.(failure) ?? null);
      setComplaint({ field, sentence: joined(failure.message, more) });
    } finally {
      setBusy(false);
    }
  }

  return (
    <form class="stack" ref={form} onSubmit={onSubmit} noValidate>
      {fields.map((field) => (
        <Field
          key={field.name}
          {...field}
          error={complaint?.field === field.name ? complaint.sentence : null}
        />
      ))}
      {children}
      {complaint?.field === null && (
        <p class="form-error" role="alert">
          {complaint.sentence}
        </p>
      )}
      <button type="submit" class={`button ${danger ? "danger" : "primary"}`} disabled={isBusy}>
        {isBusy ? "One moment …" : submit}
      </button>
    </form>
  );
}

/** Whether nothing that was typed is to blame: an outage, or too many tries. */
function isOfNoField({ status }: ApiError): boolean {
  return status === 0 || status === 429 || status >= 500;
}

/** Two sentences; some of the gateway's have no full stop. */
function joined(sentence: string, more: string | null): string {
  if (more === null) return sentence;
  return `${sentence}${/[.!?]$/.test(sentence) ? "" : "."} ${more}`;
}

function Field({
  name,
  label,
  kind,
  autoComplete,
  hint,
  error,
}: FieldProps & { readonly error: string | null }) {
  const id = useId();
  const [isShown, setShown] = useState(false);
  const description = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].join(" ").trim();
  const shared = {
    id,
    name,
    autoComplete,
    autoCapitalize: "none",
    spellcheck: false,
    required: true,
    "aria-invalid": error !== null,
    ...(description ? { "aria-describedby": description } : {}),
  } as const;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {kind === "password" && !isShown ? (
        <input type="password" {...shared} />
      ) : (
        <input type="text" inputMode={kind === "email" ? "email" : "text"} {...shared} />
      )}
      {kind === "password" && (
        <label class="check small">
          <input type="checkbox" checked={isShown} onChange={() => setShown(!isShown)} />
          Show it
        </label>
      )}
      {hint && (
        <span id={`${id}-hint`} class="muted small">
          {hint}
        </span>
      )}
      {error && (
        <span id={`${id}-error`} class="error" role="alert">
          {error}
        </span>
      )}
    </div>
  );
}
