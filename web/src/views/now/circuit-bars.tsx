/** Every circuit and device as a bar, the highest first, with what hangs on it below. */

import { Component } from "preact";
import { useRef, useState } from "preact/hooks";
import { BALANCE, MAINS } from "../../api/wire.ts";
import { kwhText, shareText, wattsText } from "../../format.ts";
import { circuitKey } from "../../home/model.ts";
import { type Panel, type Row, walkRows } from "../../home/readings.ts";
import type { EnergyToday } from "../../live/energy-today.ts";
import { historyOf } from "../../route.ts";
import { ROLES } from "../table-roles.ts";
import { MOST_MOVING_ROWS, useGlide } from "./use-glide.ts";

export interface Group {
  /** Null is what is no circuit of a panel, or of whichever. */
  readonly panel: Panel | null;
  readonly rows: readonly Row[];
}

interface Props {
  readonly groups: readonly Group[];
  readonly today: EnergyToday;
  /** Whether a panel shows its circuits unasked. */
  readonly isUnfolded: boolean;
}

export function CircuitBars({ groups, today, isUnfolded }: Props) {
  const table = useRef<HTMLTableElement>(null);
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  useGlide(table);
  const rows = groups.flatMap((group) => group.rows);
  const isShown = ({ panel }: Group) => isUnfolded || panel === null || unfolded.has(panel.gid);
  const count = groups.filter(isShown).reduce((sum, group) => sum + group.rows.length, 0);
  const look = count > MOST_MOVING_ROWS ? "still" : "moving";
  // One measure for all of them, so that the same length is the same power at every depth.
  const longest = [...walkRows(rows)].reduce((most, row) => Math.max(most, barWatts(row)), 1);
  return (
    <table class={`table circuits ${look}`} ref={table} {...ROLES.table}>
      <thead {...ROLES.group}>
        <tr {...ROLES.row}>
          <th scope="col" class="name-column" {...ROLES.columnHeader}>
            Name
          </th>
          <th scope="col" class="number" {...ROLES.columnHeader}>
            Watts
          </th>
          <th scope="col" class="number" {...ROLES.columnHeader}>
            Share
          </th>
          <th scope="col" class="number" {...ROLES.columnHeader}>
            kWh today
          </th>
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.panel?.gid ?? "others"} {...ROLES.group}>
          {group.panel && (
            <PanelLine
              panel={group.panel}
              today={kwhText(today.of(circuitKey(group.panel.gid, MAINS)))}
              isUnfolded={isShown(group)}
              onFold={isUnfolded ? null : toggle}
            />
          )}
          {isShown(group) &&
            [...flatten(group.rows, 0)].map((one) => line(one, group.panel !== null))}
        </tbody>
      ))}
    </table>
  );

  function toggle(gid: number): void {
    const next = new Set(unfolded);
    if (!next.delete(gid)) next.add(gid);
    setUnfolded(next);
  }

  function line({ row, depth }: Place, isInPanel: boolean) {
    const details = [isInPanel ? null : row.panel, row.detail];
    return (
      <Line
        key={row.key}
        id={row.key}
        depth={depth}
        name={row.name}
        detail={details.filter(Boolean).join(", ")}
        offline={row.offline}
        watts={wattsText(row.watts)}
        share={shareText(row.share)}
        today={kwhText(today.of(row.key))}
        isGiving={gives(row)}
        percent={Math.min(100, Math.round((barWatts(row) / longest) * 200) / 2)}
      />
    );
  }
}

interface PanelLineProps {
  readonly panel: Panel;
  readonly today: string;
  readonly isUnfolded: boolean;
  /** Null where all are unfolded anyway. */
  readonly onFold: ((gid: number) => void) | null;
}

function PanelLine({ panel, today, isUnfolded, onFold }: PanelLineProps) {
  return (
    <tr class="panel" data-panel={panel.gid} {...ROLES.row}>
      <th scope="rowgroup" {...ROLES.rowHeader}>
        {onFold ? (
          <button type="button" aria-expanded={isUnfolded} onClick={() => onFold(panel.gid)}>
            {panel.name}
          </button>
        ) : (
          <strong>{panel.name}</strong>
        )}
      </th>
      <td class="number watts" {...ROLES.cell}>
        {wattsText(panel.watts)}
      </td>
      <td class="number" {...ROLES.cell}>
        {shareText(panel.share)}
      </td>
      <td class="number" {...ROLES.cell}>
        {today}
      </td>
    </tr>
  );
}

interface Place {
  readonly row: Row;
  readonly depth: number;
}

function* flatten(rows: readonly Row[], depth: number): Generator<Place> {
  for (const row of rows) {
    yield { row, depth };
    yield* flatten(row.children, depth + 1);
  }
}

/** Sun, battery or a panel; a rest below zero is no source, but clamps that disagree. */
function gives({ watts, channel }: Row): boolean {
  return watts !== null && Math.round(watts) < 0 && channel !== BALANCE;
}

/** What a bar is as long as: a rest below zero is no power that flows anywhere. */
function barWatts(row: Row): number {
  const { watts } = row;
  return watts === null || (watts < 0 && !gives(row)) ? 0 : Math.abs(watts);
}

interface LineProps {
  readonly id: string;
  readonly depth: number;
  readonly name: string;
  readonly detail: string;
  readonly offline: string | null;
  readonly watts: string;
  readonly share: string;
  readonly today: string;
  readonly isGiving: boolean;
  /** The bar's length, 100 is the highest. */
  readonly percent: number;
}

/** Drawn again only when what it says has changed: a home may have a thousand of them. */
class Line extends Component<LineProps> {
  override shouldComponentUpdate(next: LineProps): boolean {
    const now = this.props;
    return (Object.keys(next) as (keyof LineProps)[]).some((name) => next[name] !== now[name]);
  }

  override render(line: LineProps) {
    const classes = [
      `depth-${Math.min(line.depth, 3)}`,
      line.depth > 0 ? "nested" : "",
      line.isGiving ? "giving" : "",
    ];
    return (
      <tr class={classes.join(" ").trim()} data-key={line.id} {...ROLES.row}>
        <th scope="row" {...ROLES.rowHeader}>
          <div class="name-and-bar">
            <div class="name">
              <a class="label" href={historyOf(line.id)}>
                {line.name}
              </a>
              {line.detail && <span class="detail">{line.detail}</span>}
              {line.offline !== null && <span class="offline">Offline {line.offline}</span>}
            </div>
            <div class="track" aria-hidden="true">
              <div class="fill" style={{ transform: `scaleX(${line.percent / 100})` }} />
            </div>
          </div>
        </th>
        <td class="number watts" {...ROLES.cell}>
          {line.watts}
        </td>
        <td class="number" {...ROLES.cell}>
          {line.isGiving ? <span class="tag">gives</span> : line.share}
        </td>
        <td class="number" {...ROLES.cell}>
          {line.today}
        </td>
      </tr>
    );
  }
}
