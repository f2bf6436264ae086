/** Two prices by the time of day, and two more in summer. */

import type { Times } from "../../draft/times.ts";
import { HOURS, MONTHS } from "../../draft/words.ts";
import { Check, Pick, per, TextField, type Ways } from "../fields.tsx";
import type { PriceWords } from "./price-words.ts";

interface Props {
  readonly id: string;
  readonly words: PriceWords;
  readonly times: Times;
  readonly ways: Ways;
  readonly onChange: (part: Partial<Times>) => void;
}

export function TimesFields({ id, words, times, ways, onChange }: Props) {
  return (
    <div class="stack">
      <div class="tariff-row">
        <Price name="peakPrice" label={words.peak} {...{ id, words, times, ways, onChange }} />
        <Price
          name="offPeakPrice"
          label={words.offPeak}
          {...{ id, words, times, ways, onChange }}
        />
      </div>
      <div class="tariff-row">
        <Pick
          name={`${id}-from`}
          label="High-price hours begin at"
          options={HOURS}
          value={times.from}
          onPick={(from) => onChange({ from })}
        />
        <Pick
          name={`${id}-until`}
          label="and end at"
          options={HOURS}
          value={times.until}
          error={ways.complain(`${id}-until`)}
          onPick={(until) => onChange({ until })}
        />
      </div>
      <Check
        name={`${id}-atWeekends`}
        label="At weekends too"
        isOn={times.atWeekends}
        onToggle={() => onChange({ atWeekends: !times.atWeekends })}
      />
      <Check
        name={`${id}-atHolidays`}
        label="On holidays too"
        isOn={times.atHolidays}
        onToggle={() => onChange({ atHolidays: !times.atHolidays })}
      />
      {!times.atHolidays && (
        <p class="muted small">Which days these are is said below, under Holidays.</p>
      )}
      <Check
        name={`${id}-hasSummer`}
        label="Summer has prices of its own"
        isOn={times.hasSummer}
        onToggle={() => onChange({ hasSummer: !times.hasSummer })}
      />
      {times.hasSummer && <Summer {...{ id, words, times, ways, onChange }} />}
    </div>
  );
}

function Summer({ id, words, times, ways, onChange }: Props) {
  return (
    <>
      <div class="tariff-row">
        <Pick
          name={`${id}-summerFrom`}
          label="Summer is from"
          options={MONTHS}
          value={times.summerFrom}
          onPick={(summerFrom) => onChange({ summerFrom })}
        />
        <Pick
          name={`${id}-summerTo`}
          label="to the end of"
          options={MONTHS}
          value={times.summerTo}
          onPick={(summerTo) => onChange({ summerTo })}
        />
      </div>
      <div class="tariff-row">
        <Price
          name="summerPeakPrice"
          label={words.summerPeak}
          {...{ id, words, times, ways, onChange }}
        />
        <Price
          name="summerOffPeakPrice"
          label={words.summerOffPeak}
          {...{ id, words, times, ways, onChange }}
        />
      </div>
    </>
  );
}

interface PriceProps extends Props {
  readonly name: "peakPrice" | "offPeakPrice" | "summerPeakPrice" | "summerOffPeakPrice";
  readonly label: string;
}

function Price({ id, name, label, words, times, ways, onChange }: PriceProps) {
  return (
    <TextField
      name={`${id}-${name}`}
      label={label}
      kind="number"
      unit={per(ways, words.unit)}
      value={times[name]}
      error={ways.complain(`${id}-${name}`)}
      onInput={(text) => onChange({ [name]: text })}
    />
  );
}
