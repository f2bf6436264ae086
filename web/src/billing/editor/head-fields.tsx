/** What a tariff is called, its money, and from when it holds. */

import type { Draft } from "../draft/draft.ts";
import { TextField, type Ways } from "./fields.tsx";

interface Props {
  readonly draft: Draft;
  readonly ways: Ways;
  readonly onChange: (part: Partial<Draft>) => void;
}

export function HeadFields({ draft, ways: { complain }, onChange }: Props) {
  return (
    <>
      <TextField
        name="name"
        label="Name"
        hint="As it is called on your bill."
        value={draft.name}
        error={complain("name")}
        onInput={(name) => onChange({ name })}
      />
      <div class="tariff-row">
        <TextField
          name="currency"
          label="Currency"
          hint="Three letters, such as USD or EUR."
          value={draft.currency}
          error={complain("currency")}
          onInput={(currency) => onChange({ currency })}
        />
        <TextField
          name="since"
          label="It holds from"
          kind="date"
          hint="What was used before has no price."
          value={draft.since}
          error={complain("since")}
          onInput={(since) => onChange({ since })}
        />
      </div>
    </>
  );
}
