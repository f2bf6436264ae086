/** The tariffs of the account: added, changed and removed. */

import { useCallback, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Asking } from "../account/asking.tsx";
import {
  type KnownTariff,
  keepTariff,
  listTariffs,
  type Rates,
  removeTariff,
  type Tariff,
} from "../api/billing.ts";
import type { Session } from "../api/session.ts";
import { currencyOf } from "../home/currency.ts";
import type { Home } from "../home/model.ts";
import type { Live } from "../live/use-live.ts";
import { useLoaded } from "../loaded.ts";
import { fieldValue } from "../time/local-text.ts";
import { type Draft, draftOf, emptyDraft, tariffOf } from "./draft.ts";
import { TariffEditor } from "./tariff-editor.tsx";

interface Props {
  readonly session: Session;
  readonly home: Home;
  readonly live: Live;
  readonly onChange: () => void;
}

interface Open {
  /** Null is a new one. */
  readonly id: string | null;
  readonly draft: Draft;
  /** The rates that hold before those of the form. */
  readonly earlier: readonly Rates[];
}

export function Tariffs({ session, home, live, onChange }: Props) {
  const load = useCallback(() => session.use(listTariffs), [session]);
  const [{ value: tariffs, failure }, ask] = useLoaded(load);
  const [open, setOpen] = useState<Open | null>(null);
  const [notice, setNotice] = useState("");
  const title = useRef<HTMLHeadingElement>(null);
  const wasOpen = useRef(false);
  useLayoutEffect(() => {
    // The form is gone with the focus that was in it.
    if (wasOpen.current && open === null) title.current?.focus();
    wasOpen.current = open !== null;
  }, [open]);

  const today = () => fieldValue(live.model.clock.now(), home.timeZone).slice(0, 10);

  async function save({ id, earlier }: Open, draft: Draft): Promise<void> {
    await session.use((token) => keepTariff(token, id, tariffOf(draft, earlier)));
    setOpen(null);
    setNotice("The tariff is saved.");
    ask();
    onChange();
  }

  async function remove(id: string): Promise<void> {
    await session.use((token) => removeTariff(token, id));
    setNotice("The tariff is removed.");
    title.current?.focus();
    ask();
    onChange();
  }

  function begin(): void {
    // A year that has begun is priced from its beginning, unless somebody says otherwise.
    const since = `${today().slice(0, 4)}-01-01`;
    setNotice("");
    setOpen({ id: null, earlier: [], draft: emptyDraft(currencyOf(home.timeZone) ?? "", since) });
  }

  function change({ id, tariff: { rates } }: KnownTariff, draft: Draft): void {
    setNotice("");
    setOpen({ id, draft, earlier: rates.slice(0, -1) });
  }

  /** What held so far stays: bills of the past are still priced by it. */
  function beginNewPrices({ id, tariff: { rates } }: KnownTariff, draft: Draft): void {
    setNotice("");
    setOpen({ id, draft: { ...draft, since: today() }, earlier: rates });
  }
  return (
    <section class="card stack" aria-labelledby="tariffs">
      <h2 id="tariffs" ref={title} tabIndex={-1}>
        Tariffs
      </h2>
      <p role="status" class={notice ? "small" : "visually-hidden"}>
        {notice}
      </p>
      {failure && <p class="form-error">{failure.message}</p>}
      {tariffs?.length === 0 && open === null && (
        <p class="muted">
          There is none yet. What you need is on your bill: the price of a kWh, and what is charged
          beside it.
        </p>
      )}
      {open === null && tariffs !== null && (
        <ul class="costs-tariffs">
          {tariffs.map((known) => (
            <Known
              key={known.id}
              known={known}
              onEdit={(draft) => change(known, draft)}
              onNewPrices={(draft) => beginNewPrices(known, draft)}
              onRemove={() => remove(known.id)}
            />
          ))}
        </ul>
      )}
      {open === null ? (
        <div>
          <button type="button" class="button primary" onClick={begin}>
            Add a tariff
          </button>
        </div>
      ) : (
        <TariffEditor
          first={open.draft}
          isNew={open.id === null}
          save={(draft) => save(open, draft)}
          onCancel={() => setOpen(null)}
        />
      )}
    </section>
  );
}

interface KnownProps {
  readonly known: KnownTariff;
  readonly onEdit: (draft: Draft) => void;
  readonly onNewPrices: (draft: Draft) => void;
  readonly onRemove: () => Promise<void>;
}

function Known({ known: { tariff }, onEdit, onNewPrices, onRemove }: KnownProps) {
  const draft = draftOf(tariff);
  return (
    <li>
      <span>
        <strong>{tariff.name}</strong>{" "}
        <span class="muted small">
          {tariff.currency}, {sinceText(tariff)}
        </span>
        {draft === null && (
          <span class="muted small costs-how">
            It has more than the form shows, so it is changed by the API alone.
          </span>
        )}
      </span>
      <span class="choices">
        {draft && (
          <>
            <button type="button" class="button small" onClick={() => onEdit(draft)}>
              Change<span class="visually-hidden"> {tariff.name}</span>
            </button>
            <button type="button" class="button small" onClick={() => onNewPrices(draft)}>
              New prices<span class="visually-hidden"> of {tariff.name}</span>
            </button>
          </>
        )}
        <Asking label="Remove" about={tariff.name} yes="Yes, remove it" no="Keep it" act={onRemove}>
          Remove {tariff.name}? Nothing is priced by it any more.
        </Asking>
      </span>
    </li>
  );
}

/** From when its newest prices hold, and how many there were before. */
function sinceText({ rates }: Tariff): string {
  const since = `since ${rates[rates.length - 1]?.since}`;
  const before = rates.length - 1;
  if (before === 0) return since;
  return `${since}, other prices before (${before})`;
}
