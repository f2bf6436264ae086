/** Two prices by the time of day, and two more in summer. */

import { ENGLISH } from "../english.ts";
import type { Times } from "./draft.ts";
import { type Complain, Pick, TextField } from "./fields.tsx";

const HOUR = new Intl.DateTimeFormat(ENGLISH, { timeZone: "UTC", hour: "numeric" });
const MONTH = new Intl.DateTimeFormat(ENGLISH, { timeZone: "UTC", month: "long" });
const HOURS = Array.from({ length: 24 }, (_, hour) =>
  HOUR.format(Date.UTC(2026, 0, 1, hour)).replace(/\s/g, " "),
);
const MONTHS = Array.from({ length: 12 }, (_, month) => MONTH.format(Date.UTC(2026, month, 1)));

interface Props {
  readonly times: Times;
  readonly complain: Complain;
  readonly onChange: (part: Partial<Times>) => void;
}

export function TimesFields({ times, complain, onChange }: Props) {
  return (
    <div class="stack">
      <div class="tariff-row">
        <Price
          name="peakPrice"
          label="Price in high-price hours"
          {...{ times, complain, onChange }}
        />
        <Price
          name="offPeakPrice"
          label="Price at other times"
          {...{ times, complain, onChange }}
        />
      </div>
      <div class="tariff-row">
        <Pick
          name="from"
          label="High-price hours begin at"
          options={HOURS}
          value={times.from}
          onPick={(from) => onChange({ from })}
        />
        <Pick
          name="until"
          label="and end at"
          options={HOURS}
          value={times.until}
          error={complain("until")}
          onPick={(until) => onChange({ until })}
        />
      </div>
      <label class="check">
        <input
          type="checkbox"
          name="atWeekends"
          checked={times.atWeekends}
          onChange={() => onChange({ atWeekends: !times.atWeekends })}
        />
        At weekends too
      </label>
      <label class="check">
        <input
          type="checkbox"
          name="hasSummer"
          checked={times.hasSummer}
          onChange={() => onChange({ hasSummer: !times.hasSummer })}
        />
        Summer has prices of its own
      </label>
      {times.hasSummer && (
        <>
          <div class="tariff-row">
            <Pick
              name="summerFrom"
              label="Summer is from"
              options={MONTHS}
              value={times.summerFrom}
              onPick={(summerFrom) => onChange({ summerFrom })}
            />
            <Pick
              name="summerTo"
              label="to the end of"
              options={MONTHS}
              value={times.summerTo}
              onPick={(summerTo) => onChange({ summerTo })}
            />
          </div>
          <div class="tariff-row">
            <Price
              name="summerPeakPrice"
              label="Summer's price in high-price hours"
              {...{ times, complain, onChange }}
            />
            <Price
              name="summerOffPeakPrice"
              label="Summer's price at other times"
              {...{ times, complain, onChange }}
            />
          </div>
        </>
      )}
    </div>
  );
}

interface PriceProps extends Props {
  readonly name: "peakPrice" | "offPeakPrice" | "summerPeakPrice" | "summerOffPeakPrice";
  readonly label: string;
}

function Price({ name, label, times, complain, onChange }: PriceProps) {
  return (
    <TextField
      {...{ name, label }}
      kind="number"
      value={times[name]}
      error={complain(name)}
      onInput={(text) => onChange({ [name]: text })}
    />
  );
}
