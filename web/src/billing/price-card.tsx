/** Emporia knows a price, and nobody knows its currency: it is asked for, and that is all. */

import type { TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import { chooseCurrency } from "../api/billing.ts";
import { ApiError } from "../api/client.ts";
import type { Session } from "../api/session.ts";
import { currencyOf } from "../home/currency.ts";
import { A_CURRENCY, currencyCode } from "./draft/text.ts";
import { TextField } from "./editor/fields.tsx";
import { centsText } from "./told-price.ts";

interface Props {
  readonly session: Session;
  readonly centsPerKwh: number;
  readonly timeZone: string;
  readonly onChoose: () => void;
}

export function PriceCard({ session, centsPerKwh, timeZone, onChoose }: Props) {
  const [text, setText] = useState<string>(currencyOf(timeZone) ?? "");
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function onSubmit(event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const code = currencyCode(text);
    if (code === null) {
      setError(A_CURRENCY);
      return;
    }
    setBusy(true);
    try {
      await session.use((token) => chooseCurrency(token, code));
      onChoose();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure.message);
      setBusy(false);
    }
  }

  return (
    <form class="card stack" data-card="price" onSubmit={onSubmit} noValidate>
      <h2>Emporia knows a price</h2>
      <p>
        Emporia was told {centsText(centsPerKwh)}, but not of which currency. Choose one, and costs
        are worked out by it until there is a tariff.
      </p>
      <TextField
        name="price-currency"
        label="Currency of the price"
        hint="Three letters, such as USD or EUR."
        value={text}
        error={error}
        onInput={setText}
      />
      <button type="submit" class="button primary" disabled={isBusy}>
        {isBusy ? "One moment …" : "Use this price"}
      </button>
    </form>
  );
}
