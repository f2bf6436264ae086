/** What the home costs, and the tariffs by which it does. */

import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Session } from "../api/session.ts";
import { PriceCard } from "../billing/price-card.tsx";
import { Tariffs } from "../billing/tariffs.tsx";
import { isPrice } from "../billing/told-price.ts";
import { useCosts } from "../billing/use-costs.ts";
import type { Home } from "../home/model.ts";
import { gidOf, type HomePower } from "../home/power.ts";
import type { Live } from "../live/use-live.ts";
import { useStore } from "../store.ts";
import "../styles/costs.css";
import { Bill } from "../billing/bill.tsx";
import { STATEMENT, useStatementAddress } from "../billing/statement/address.ts";
import { UtilityCard } from "../billing/utility/utility-card.tsx";
import { Failure } from "./failure.tsx";
import { LazyStatementView } from "./lazy.tsx";

interface Props {
  readonly session: Session;
  readonly home: Home;
  readonly live: Live;
}

export function CostsView(props: Props) {
  const { session, home, live } = props;
  const homes = useStore(live.model.reading)?.homes ?? null;
  const chosen = useStatementAddress();
  const way = useRef<HTMLAnchorElement>(null);
  const wasAway = useRef(false);
  useEffect(() => {
    // Whoever comes back goes on from where they left.
    if (wasAway.current && chosen === null) way.current?.focus();
    wasAway.current = chosen !== null;
  }, [chosen === null]);
  if (chosen === null) return <AllCosts {...props} homes={homes} way={way} />;
  if (homes === null) return <p class="muted">Waiting for the first sample …</p>;
  return (
    <LazyStatementView {...{ session, home, homes }} now={live.model.clock.now} first={chosen} />
  );
}

function AllCosts({ session, home, live, homes: known, way }: AllCostsProps) {
  const [changes, setChanges] = useState(0);
  const homes = known ?? [];
  return (
    <div class="costs">
      <div class="title-row">
        <h1>Costs</h1>
        <a href={STATEMENT} ref={way}>
          Statement of some circuits
        </a>
      </div>
      {known === null && <p class="muted">Waiting for the first sample …</p>}
      {homes.map((power) => (
        <CostsOfHome
          key={power.key}
          {...{ session, home, live, power, changes }}
          onChange={() => setChanges(changes + 1)}
          name={homes.length > 1 ? (power.name ?? "Home") : null}
        />
      ))}
      <Tariffs {...{ session, home, live }} onChange={() => setChanges(changes + 1)} />
    </div>
  );
}

interface AllCostsProps extends Props {
  /** Null before the first sample. */
  readonly homes: readonly HomePower[] | null;
  readonly way: RefObject<HTMLAnchorElement | null>;
}

interface CostsOfHomeProps extends Props {
  readonly power: HomePower;
  readonly changes: number;
  readonly onChange: () => void;
  readonly name: string | null;
}

function CostsOfHome(props: CostsOfHomeProps) {
  const { session, home, live, power, changes, onChange, name } = props;
  const gid = gidOf(power);
  const timeZone = home.byGid.get(gid)?.timeZone ?? home.timeZone;
  const centsPerKwh = home.byGid.get(gid)?.centsPerKwh ?? null;
  const now = live.model.clock.now;
  const [{ value, failure }, ask] = useCosts({ session, home: gid, now, changes });
  return (
    <section class="stack" data-home={power.key} aria-label={name ?? "The bill"}>
      {name && <h2>{name}</h2>}
      {value === null && failure === null && <p class="muted">Loading the bill …</p>}
      {value === null && failure !== null && <Failure sentence={failure.message} onRetry={ask} />}
      {value !== null && failure !== null && (
        <p class="muted small">These figures are older: {failure.message}</p>
      )}
      {value !== null && value.costs === null && (
        <>
          <p class="card">
            No tariff is for this home yet. Add one below, and its costs stand here.
          </p>
          {isPrice(centsPerKwh) && (
            <PriceCard {...{ session, centsPerKwh, timeZone }} onChoose={onChange} />
          )}
        </>
      )}
      {value?.costs?.bills.pricedBy.source === "emporia" && (
        <p class="muted small" data-testid="priced-by">
          Priced by what Emporia was told, until a tariff is for this home.
        </p>
      )}
      {value?.costs && <Bill costs={value.costs} {...{ home, timeZone }} />}
      <UtilityCard session={session} home={gid} name={name} />
    </section>
  );
}
