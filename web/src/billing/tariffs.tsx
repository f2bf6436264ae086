/** The tariffs of the account: added, imported, changed and removed. */

import { useCallback, useLayoutEffect, useRef, useState } from "preact/hooks";
import {
  type KnownTariff,
  keepTariff,
  listTariffs,
  type Rates,
  removeTariff,
} from "../api/billing.ts";
import type { Session } from "../api/session.ts";
import { currencyOf } from "../home/currency.ts";
import type { Home } from "../home/model.ts";
import type { Live } from "../live/use-live.ts";
import { useLoaded } from "../loaded.ts";
import { fieldValue } from "../time/local-text.ts";
import { type Draft, emptyDraft } from "./draft/draft.ts";
import { tariffOf } from "./draft/to-tariff.ts";
import { TariffEditor } from "./editor/tariff-editor.tsx";
import { Known } from "./known-tariff.tsx";
import { RateImport } from "./rates/rate-import.tsx";
import "./editor/tariff-form.css";

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
  /** The rates that hold before those of the form, and after them. */
  readonly earlier: readonly Rates[];
  readonly later: readonly Rates[];
}

export function Tariffs({ session, home, live, onChange }: Props) {
  const load = useCallback(() => session.use(listTariffs), [session]);
  const [{ value: tariffs, failure }, ask] = useLoaded(load);
  const [open, setOpen] = useState<Open | "import" | null>(null);
  const [notice, setNotice] = useState("");
  const title = useRef<HTMLHeadingElement>(null);
  const wasOpen = useRef(false);
  useLayoutEffect(() => {
    // The form is gone with the focus that was in it.
    if (wasOpen.current && open === null) title.current?.focus();
    wasOpen.current = open !== null;
  }, [open]);

  const today = () => fieldValue(live.model.clock.now(), home.timeZone).slice(0, 10);

  function show(next: Open | "import"): void {
    setNotice("");
    setOpen(next);
  }

  function changed(told: string): void {
    setOpen(null);
    setNotice(told);
    ask();
    onChange();
  }

  async function save({ id, earlier, later }: Open, draft: Draft): Promise<void> {
    await session.use((token) => keepTariff(token, id, tariffOf(draft, { earlier, later })));
    changed("The tariff is saved.");
  }

  async function remove(id: string): Promise<void> {
    await session.use((token) => removeTariff(token, id));
    title.current?.focus();
    changed("The tariff is removed.");
  }

  async function removePrices({ id, tariff }: KnownTariff, place: number): Promise<void> {
    const rates = tariff.rates.filter((_, at) => at !== place);
    await session.use((token) => keepTariff(token, id, { ...tariff, rates }));
    title.current?.focus();
    changed("The prices are removed.");
  }

  function begin(): void {
    // A year that has begun is priced from its beginning, unless somebody says otherwise.
    const since = `${today().slice(0, 4)}-01-01`;
    beginWith(emptyDraft(currencyOf(home.timeZone) ?? "", since));
  }

  function beginWith(draft: Draft): void {
    show({ id: null, draft, earlier: [], later: [] });
  }

  function change({ id, tariff: { rates } }: KnownTariff, draft: Draft, place: number): void {
    show({ id, draft, earlier: rates.slice(0, place), later: rates.slice(place + 1) });
  }

  /** What held so far stays: bills of the past are still priced by it. */
  function beginNewPrices({ id, tariff: { rates } }: KnownTariff, draft: Draft): void {
    show({ id, draft: { ...draft, since: today() }, earlier: rates, later: [] });
  }

  return (
    <section class="card stack tariffs" aria-labelledby="tariffs">
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
              onEdit={(draft, place) => change(known, draft, place)}
              onNewPrices={(draft) => beginNewPrices(known, draft)}
              onRemove={() => remove(known.id)}
              onRemovePrices={(place) => removePrices(known, place)}
            />
          ))}
        </ul>
      )}
      {open === null && (
        <div class="choices">
          <button type="button" class="button primary" onClick={begin}>
            Add a tariff
          </button>
          <button type="button" class="button" onClick={() => show("import")}>
            Import a rate
          </button>
        </div>
      )}
      {open === "import" && (
        <RateImport
          session={session}
          onKept={() => changed("The rate is kept as a tariff.")}
          onEdit={beginWith}
          onCancel={() => setOpen(null)}
        />
      )}
      {open !== null && open !== "import" && (
        <TariffEditor
          first={open.draft}
          isNew={open.id === null}
          home={home}
          save={(draft) => save(open, draft)}
          onCancel={() => setOpen(null)}
        />
      )}
    </section>
  );
}
