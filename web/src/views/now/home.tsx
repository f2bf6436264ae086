/** What the home is made of: devices as a tree, and the requests that are left for today. */

import { useCallback } from "preact/hooks";
import { type ApiError, readBudget } from "../../api/client.ts";
import type { Session } from "../../api/session.ts";
import { type Budget, MAINS } from "../../api/wire.ts";
import { countText, priceText } from "../../format.ts";
import { currencyOf } from "../../home/currency.ts";
import { type Circuit, circuitKey, type Home, type HomeDevice } from "../../home/model.ts";
import { useLoaded } from "../../loaded.ts";
import { historyOf } from "../../route.ts";

interface Props {
  readonly session: Session;
  readonly home: Home;
  /** Why the last try to read the home anew failed. */
  readonly failure: ApiError | null;
  /** Ask Emporia again what there is. */
  readonly onRefresh: () => void;
}

export function HomeView({ session, home, failure, onRefresh }: Props) {
  const load = useCallback(() => session.use(readBudget), [session]);
  const [budget, askAgain] = useLoaded(load);
  return (
    <div class="stack home">
      <div class="title-row">
        <h1>Home</h1>
        <button
          type="button"
          class="button"
          onClick={() => {
            onRefresh();
            askAgain();
          }}
        >
          Refresh
        </button>
      </div>
      <section class="card">
        <h2>Requests to Emporia</h2>
        {budget.value && <BudgetLeft budget={budget.value} />}
        {budget.failure && <p class="form-error">{budget.failure.message}</p>}
      </section>
      <section class="card">
        <h2>Devices</h2>
        {failure && (
          <p class="form-error" role="alert">
            {failure.message}
          </p>
        )}
        <DeviceList devices={home.roots} parent={null} />
      </section>
      <p class="muted small">Times are those of {home.timeZone}.</p>
    </div>
  );
}

function BudgetLeft({ budget }: { readonly budget: Budget }) {
  if (budget.left === null) {
    return <p>No limit is set for them.</p>;
  }
  return (
    <>
      <p>
        <strong>{countText(budget.left)}</strong> of {countText(budget.dailyRequests)} left for
        these 24 hours.
      </p>
      <meter
        class="budget"
        min={0}
        max={budget.dailyRequests}
        value={budget.left}
        aria-label="Requests left"
      />
      <p class="muted small">
        Shared by everybody who has linked this Emporia account. When it runs low, samples come less
        often.
      </p>
    </>
  );
}

function DeviceList({
  devices,
  parent,
}: {
  readonly devices: readonly HomeDevice[];
  readonly parent: HomeDevice | null;
}) {
  return (
    <ul class="tree">
      {devices.map((device) => (
        <li key={device.gid}>
          <DeviceCard device={device} parent={parent} />
          {device.children.length > 0 && <DeviceList devices={device.children} parent={device} />}
        </li>
      ))}
    </ul>
  );
}

function DeviceCard({
  device,
  parent,
}: {
  readonly device: HomeDevice;
  readonly parent: HomeDevice | null;
}) {
  const facts: readonly (readonly [string, string | null])[] = [
    ["Model", device.model],
    ["Firmware", device.firmware],
    ["Serial number", device.serial],
    ["On circuit", parent && placeOn(parent, device.parentChannel)],
    ["Price", device.centsPerKwh === null ? null : priceOf(device.centsPerKwh, device.timeZone)],
  ];
  return (
    <article class="device">
      <h3>
        {device.name} <OnlineState device={device} />
      </h3>
      <dl class="facts">
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {device.circuits.length > 0 && (
        <details>
          <summary>{countText(device.circuits.length)} circuits</summary>
          <CircuitTable device={device} />
        </details>
      )}
    </article>
  );
}

/** Emporia has it in hundredths of whatever the account counts in. */
function priceOf(cents: number, timeZone: string): string {
  return currencyOf(timeZone) === "USD"
    ? `${priceText(cents)} ¢/kWh`
    : `${priceText(cents / 100)} per kWh, in the account's currency`;
}

/** The circuit of the parent that a device hangs on; null where Emporia does not say. */
function placeOn(parent: HomeDevice, channel: string | null): string | null {
  if (channel === null) return null;
  if (channel === MAINS) return "Mains";
  return (
    parent.circuits.find((circuit) => circuit.channel === channel)?.name ?? `Circuit ${channel}`
  );
}

function OnlineState({ device }: { readonly device: HomeDevice }) {
  if (device.online === null) return null;
  return device.online ? (
    <span class="state online">Online</span>
  ) : (
    <span class="state offline">Offline {device.offlineSince}</span>
  );
}

function CircuitTable({ device }: { readonly device: HomeDevice }) {
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">Channel</th>
          <th scope="col">Name</th>
          <th scope="col">Feeds</th>
          <th scope="col">Sensor</th>
        </tr>
      </thead>
      <tbody>
        {device.circuits.map((circuit) => (
          <tr key={circuit.channel}>
            <td>{circuit.channel}</td>
            <td>
              <a href={historyOf(circuitKey(circuit.gid, circuit.channel))}>{circuit.name}</a>
              {!circuit.isConfigured && <span class="muted"> not set up</span>}
            </td>
            <td>{circuit.feeds ?? "–"}</td>
            <td>{sensorText(circuit)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const SENSORS: Readonly<Record<string, string>> = {
  FiftyAmp: "50 A",
  FiftyAmpBidirectional: "50 A, both directions",
  Merged: "Merged of two",
};

function sensorText({ sensor, legOf }: Circuit): string {
  const kind = sensor === null ? "–" : (SENSORS[sensor] ?? sensor);
  return legOf === null ? kind : `${kind}, leg of ${legOf}`;
}
