/** Every circuit and device as a bar, the highest first, with what hangs on it below. */

import { Component } from "preact";
import { useRef } from "preact/hooks";
import { kwhText, shareText, wattsText } from "../format.ts";
import type { Row } from "../home/readings.ts";
import type { EnergyToday } from "../live/energy-today.ts";
import { MOST_MOVING_ROWS, useGlide } from "./use-glide.ts";

/** Said in words too: a browser no longer takes for a table what styles lay out otherwise. */
const ROLES = {
  table: { role: "table" },
  group: { role: "rowgroup" },
  row: { role: "row" },
  columnHeader: { role: "columnheader" },
  rowHeader: { role: "rowheader" },
  cell: { role: "cell" },
} as const;

interface Props {
  readonly rows: readonly Row[];
  readonly today: EnergyToday;
}

export function CircuitBars({ rows, today }: Props) {
  const body = useRef<HTMLTableSectionElement>(null);
  useGlide(body);
  const lines = [...flatten(rows, 0)];
  const look = lines.length > MOST_MOVING_ROWS ? "still" : "moving";
  const longest = rows.reduce((most, { watts }) => Math.max(most, Math.abs(watts ?? 0)), 1);
  return (
    <table class={`table circuits ${look}`} {...ROLES.table}>
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
      <tbody ref={body} {...ROLES.group}>
        {lines.map(({ row, depth }) => line(row, depth))}
      </tbody>
    </table>
  );

  function line(row: Row, depth: number) {
    return (
      <Line
        key={row.key}
        id={row.key}
        depth={depth}
        name={row.name}
        detail={row.detail}
        offline={row.offline}
        watts={wattsText(row.watts)}
        share={shareText(row.share)}
        today={kwhText(today.of(row.key))}
        isExport={row.watts !== null && Math.round(row.watts) < 0}
        percent={Math.min(100, Math.round((Math.abs(row.watts ?? 0) / longest) * 200) / 2)}
      />
    );
  }
}

function* flatten(
  rows: readonly Row[],
  depth: number,
): Generator<{ readonly row: Row; readonly depth: number }> {
  for (const row of rows) {
    yield { row, depth };
    yield* flatten(row.children, depth + 1);
  }
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
  readonly isExport: boolean;
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
      line.isExport ? "export" : "",
    ];
    return (
      <tr class={classes.join(" ").trim()} data-key={line.id} {...ROLES.row}>
        <th scope="row" {...ROLES.rowHeader}>
          <div class="name-and-bar">
            <div class="name">
              <span class="label">{line.name}</span>
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
          {line.isExport ? <span class="tag">export</span> : line.share}
        </td>
        <td class="number" {...ROLES.cell}>
          {line.today}
        </td>
      </tr>
    );
  }
}
