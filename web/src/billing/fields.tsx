/** Fields of the tariff's form, each with what is wrong beside it. */

import type { TargetedInputEvent } from "preact";
import { useId } from "preact/hooks";

/** What is wrong with a field; null is nothing. */
export type Complain = (field: string) => string | null;

interface TextFieldProps {
  readonly name: string;
  readonly label: string;
  readonly kind?: "text" | "number" | "date";
  readonly hint?: string;
  readonly value: string;
  readonly error: string | null;
  readonly onInput: (value: string) => void;
}

export function TextField(props: TextFieldProps) {
  const { name, label, kind = "text", hint, value, error, onInput } = props;
  const id = useId();
  const description = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].join(" ").trim();
  const shared = {
    ...{ id, name, value },
    autoComplete: "off",
    "aria-invalid": error !== null,
    ...(description ? { "aria-describedby": description } : {}),
    onInput: (event: TargetedInputEvent<HTMLInputElement>) => onInput(event.currentTarget.value),
  } as const;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {/* A number field would not show what it can't read; this one takes a comma too. */}
      {kind === "date" ? (
        <input type="date" {...shared} />
      ) : (
        <input type="text" inputMode={kind === "number" ? "decimal" : "text"} {...shared} />
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

interface ChoiceProps<T extends string> {
  readonly legend: string;
  readonly name: string;
  readonly options: readonly (readonly [T, string])[];
  readonly value: T;
  readonly onChoose: (value: T) => void;
}

export function Choice<T extends string>({
  legend,
  name,
  options,
  value,
  onChoose,
}: ChoiceProps<T>) {
  return (
    <fieldset class="tariff-choice">
      <legend>{legend}</legend>
      {options.map(([option, label]) => (
        <label key={option} class="check">
          <input
            type="radio"
            name={name}
            value={option}
            checked={option === value}
            onChange={() => onChoose(option)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

interface PickProps {
  readonly name: string;
  readonly label: string;
  readonly options: readonly string[];
  /** The place of the option. */
  readonly value: number;
  readonly error?: string | null;
  readonly onPick: (value: number) => void;
}

export function Pick({ name, label, options, value, error = null, onPick }: PickProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        {...{ id, name }}
        value={value}
        aria-invalid={error !== null}
        {...(error ? { "aria-describedby": `${id}-error` } : {})}
        onChange={({ currentTarget }) => onPick(Number(currentTarget.value))}
      >
        {options.map((option, index) => (
          <option key={option} value={index}>
            {option}
          </option>
        ))}
      </select>
      {error && (
        <span id={`${id}-error`} class="error" role="alert">
          {error}
        </span>
      )}
    </div>
  );
}
