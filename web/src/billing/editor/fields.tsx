/** Fields of the tariff's form, each with its unit and what is wrong beside it. */

import type { TargetedInputEvent } from "preact";
import { useId } from "preact/hooks";

/** What is wrong with a field; null is nothing. */
export type Complain = (field: string) => string | null;

/** What all parts of the form know. */
export interface Ways {
  readonly complain: Complain;
  /** What money is called, such as `USD`; empty until it is known. */
  readonly money: string;
}

/** Such as `USD per kWh`. */
export function per({ money }: Ways, unit: string): string {
  return `${money} per ${unit}`.trim();
}

interface TextFieldProps {
  readonly name: string;
  readonly label: string;
  readonly kind?: "text" | "number" | "date" | "lines";
  /** What stands behind it, such as `USD per kWh`. */
  readonly unit?: string;
  readonly hint?: string | undefined;
  readonly value: string;
  readonly error: string | null;
  readonly onInput: (value: string) => void;
}

export function TextField(props: TextFieldProps) {
  const { name, label, kind = "text", unit, hint, value, error, onInput } = props;
  const id = useId();
  const described = [unit && `${id}-unit`, hint && `${id}-hint`, error && `${id}-error`];
  const description = described.filter(Boolean).join(" ");
  const shared = {
    ...{ id, name, value },
    autoComplete: "off",
    "aria-invalid": error !== null,
    ...(description ? { "aria-describedby": description } : {}),
    onInput: (event: TargetedInputEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      onInput(event.currentTarget.value),
  } as const;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <span class="field-line">
        {/* A number field would not show what it can't read; this one takes a comma too. */}
        {kind === "lines" ? (
          <textarea rows={3} {...shared} />
        ) : kind === "date" ? (
          <input type="date" {...shared} />
        ) : (
          <input type="text" inputMode={kind === "number" ? "decimal" : "text"} {...shared} />
        )}
        {unit && (
          <span id={`${id}-unit`} class="field-unit">
            {unit}
          </span>
        )}
      </span>
      {hint && (
        <span id={`${id}-hint`} class="muted small">
          {hint}
        </span>
      )}
      <Wrong id={id} error={error} />
    </div>
  );
}

function Wrong({ id, error }: { readonly id: string; readonly error: string | null }) {
  if (!error) return null;
  return (
    <span id={`${id}-error`} class="error" role="alert">
      {error}
    </span>
  );
}

interface ChoiceProps<T extends string> {
  readonly legend: string;
  readonly name: string;
  readonly options: readonly (readonly [T, string])[];
  readonly value: T;
  readonly onChoose: (value: T) => void;
}

export function Choice<T extends string>(props: ChoiceProps<T>) {
  const { legend, name, options, value, onChoose } = props;
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

interface CheckProps {
  readonly name: string;
  readonly label: string;
  readonly isOn: boolean;
  readonly onToggle: () => void;
}

export function Check({ name, label, isOn, onToggle }: CheckProps) {
  return (
    <label class="check">
      <input type="checkbox" name={name} checked={isOn} onChange={onToggle} />
      {label}
    </label>
  );
}

interface TicksProps<T extends string | number> {
  readonly legend: string;
  readonly name: string;
  readonly options: readonly (readonly [T, string])[];
  readonly ticked: readonly T[];
  readonly error: string | null;
  readonly onTick: (ticked: readonly T[]) => void;
}

/** Boxes of which any may be ticked; what is ticked keeps the order of the options. */
export function Ticks<T extends string | number>(props: TicksProps<T>) {
  const { legend, name, options, ticked, error, onTick } = props;
  const id = useId();
  const toggle = (option: T) =>
    onTick(options.map(([one]) => one).filter((one) => ticked.includes(one) !== (one === option)));
  return (
    <fieldset class="tariff-choice">
      <legend>{legend}</legend>
      {options.map(([option, label]) => (
        <label key={option} class="check">
          <input
            type="checkbox"
            name={name}
            checked={ticked.includes(option)}
            {...(error ? { "aria-describedby": `${id}-error` } : {})}
            onChange={() => toggle(option)}
          />
          {label}
        </label>
      ))}
      <Wrong id={id} error={error} />
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
      <Wrong id={id} error={error} />
    </div>
  );
}
