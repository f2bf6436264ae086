/** A picture of where a home's power comes from and goes to, and the same in sentences. */

import { wattsText } from "../../format.ts";
import type { PlaceName, Way } from "../../home/power-flow.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

const HUB: Point = { x: 180, y: 128 };
const RADIUS = 42;
const PLACES: Readonly<Record<PlaceName, Point>> = {
  sun: { x: 180, y: 46 },
  grid: { x: 48, y: 128 },
  home: { x: 312, y: 128 },
  battery: { x: 180, y: 232 },
  car: { x: 312, y: 232 },
};
const THINNEST = 2;
const THICKEST = 7;

interface Props {
  readonly ways: readonly Way[];
  /** Whether what moves shall stand. */
  readonly isHeld: boolean;
}

export function PowerFlow({ ways, isHeld }: Props) {
  const most = Math.max(1, ...ways.map(({ watts }) => watts ?? 0));
  const isLow = ways.some(({ place }) => place === "battery" || place === "car");
  const isHigh = ways.some(({ place }) => place === "sun");
  const top = isHigh ? 0 : 76;
  const height = (isLow ? 278 : 176) - top;
  return (
    <figure class={isHeld ? "power-flow held" : "power-flow"}>
      <svg aria-hidden="true" viewBox={`0 ${top} 360 ${height}`}>
        {ways.map((way) => (
          <Line key={way.place} way={way} most={most} />
        ))}
        <circle class="flow-hub" cx={HUB.x} cy={HUB.y} r={6} />
        {ways.map(({ place, label, watts }) => (
          <g key={place} class={`flow-place ${place}`}>
            <circle cx={PLACES[place].x} cy={PLACES[place].y} r={RADIUS} />
            <text class="flow-label" x={PLACES[place].x} y={PLACES[place].y - 6}>
              {label}
            </text>
            <text
              class="flow-watts"
              x={PLACES[place].x}
              y={PLACES[place].y + 14}
              data-testid={`flow-${place}`}
            >
              {wattsText(watts)} W
            </text>
          </g>
        ))}
      </svg>
      <figcaption class="visually-hidden">
        Where power comes from and goes to
        <ul>
          {ways.map(({ place, sentence }) => (
            <li key={place}>{sentence}</li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

/** From where power comes to where it goes, so that its dashes run that way. */
function Line({ way, most }: { readonly way: Way; readonly most: number }) {
  const { place, watts, direction } = way;
  const hub = place === "car" ? PLACES.home : HUB;
  const inner = place === "car" ? RADIUS : 0;
  const [near, far] = [moved(hub, PLACES[place], inner), moved(PLACES[place], hub, RADIUS)];
  const [from, to] = direction === "in" ? [far, near] : [near, far];
  const width = THINNEST + ((THICKEST - THINNEST) * (watts ?? 0)) / most;
  const kind = watts === null ? "unknown" : direction === null ? "still" : "moving";
  const path = `M${from.x} ${from.y}L${to.x} ${to.y}`;
  return (
    <g class={`flow-way ${place} ${kind}`}>
      <path class="flow-bed" d={path} stroke-width={width} />
      {kind === "moving" && <path class="flow-run" d={path} stroke-width={width} />}
      {kind === "moving" && <Arrow from={from} to={to} />}
    </g>
  );
}

/** In the middle: whoever wants no motion sees which way it goes too. */
function Arrow({ from, to }: { readonly from: Point; readonly to: Point }) {
  const degrees = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
  return (
    <path
      class="flow-arrow"
      d="M-6 -8L8 0L-6 8Z"
      transform={`translate(${x} ${y}) rotate(${degrees})`}
    />
  );
}

/** A point on the way from one to another, so far from the first. */
function moved(from: Point, to: Point, by: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = by / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}
