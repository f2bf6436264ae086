/** Which days are holidays. */

import { ENGLISH } from "../../english.ts";
import type { DraftHolidays } from "../draft/draft.ts";
import { capitals } from "../draft/text.ts";
import { Check, TextField, type Ways } from "./fields.tsx";

interface Props {
  readonly holidays: DraftHolidays;
  readonly ways: Ways;
  readonly onChange: (holidays: DraftHolidays) => void;
}

export function HolidaysFields({ holidays, ways, onChange }: Props) {
  const change = (part: Partial<DraftHolidays>) => onChange({ ...holidays, ...part });
  return (
    <>
      <p class="muted small">
        They count where high prices do not hold on holidays. Name a country, or the days
        themselves.
      </p>
      <div class="tariff-row">
        <TextField
          name="holidays-country"
          label="Public holidays of"
          hint={countryHint(holidays.country)}
          value={holidays.country}
          error={ways.complain("holidays-country")}
          onInput={(country) => change({ country })}
        />
        <TextField
          name="holidays-subdivision"
          label="State or part of the country"
          hint="Its short form, such as CA; empty is the country as a whole."
          value={holidays.subdivision}
          error={ways.complain("holidays-subdivision")}
          onInput={(subdivision) => change({ subdivision })}
        />
      </div>
      <Check
        name="holidays-observed"
        label="Days off in the place of holidays at a weekend count too"
        isOn={holidays.observed}
        onToggle={() => change({ observed: !holidays.observed })}
      />
      <div class="tariff-row">
        <TextField
          name="holidays-names"
          label="Only these public holidays"
          kind="lines"
          hint="One a line, such as Labor Day; empty is all of them."
          value={holidays.names}
          error={ways.complain("holidays-names")}
          onInput={(names) => change({ names })}
        />
        <TextField
          name="holidays-days"
          label="Other days"
          kind="lines"
          hint="One a line, such as 2026-12-24."
          value={holidays.days}
          error={ways.complain("holidays-days")}
          onInput={(days) => change({ days })}
        />
      </div>
    </>
  );
}

const COUNTRIES = new Intl.DisplayNames(ENGLISH, { type: "region", fallback: "none" });

function countryHint(text: string): string {
  const code = capitals(text);
  const name = /^[A-Z]{2}$/.test(code) ? COUNTRIES.of(code) : undefined;
  return name === undefined ? "Two letters, such as US, CA or DE." : `${code} is ${name}.`;
}
