/** A chart as an image file: what is on the screen, with its title, its legend and its units. */

import { colour } from "./theme.ts";

export interface Caption {
  readonly title: string;
  readonly range: string;
  /** What the axis counts. */
  readonly unit: string;
  readonly legend: readonly LegendEntry[];
}

export interface LegendEntry {
  readonly letter: string;
  readonly label: string;
  readonly colour: string;
  readonly dash: readonly number[];
}

const MARGIN = 20;
const LINE_HEIGHT = 22;
const SAMPLE_WIDTH = 34;
const ENTRY_GAP = 24;

/** In the colours of the page as it is now, on an opaque ground. */
export function chartImage(chart: HTMLCanvasElement, caption: Caption): Promise<Blob> {
  const ratio = chart.width / chart.getBoundingClientRect().width;
  const width = chart.width / ratio;
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser draws no canvas.");
  const rows = legendRows(context, caption.legend, width);
  const chartTop = MARGIN + 3.4 * LINE_HEIGHT + rows.length * LINE_HEIGHT;
  canvas.width = chart.width + 2 * MARGIN * ratio;
  canvas.height = chart.height + (chartTop + MARGIN) * ratio;
  context.scale(ratio, ratio);
  context.fillStyle = colour("--surface");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = "middle";
  write(context, caption.title, { size: 18, weight: 700, colour: "--ink", y: MARGIN + 10 });
  write(context, caption.range, { size: 14, weight: 400, colour: "--muted", y: MARGIN + 34 });
  rows.forEach((row, index) => {
    drawRow(context, row, MARGIN + 34 + (index + 1.2) * LINE_HEIGHT);
  });
  write(context, caption.unit, { size: 12, weight: 400, colour: "--muted", y: chartTop - 10 });
  context.drawImage(chart, MARGIN, chartTop, width, chart.height / ratio);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error("This browser makes no image of a canvas."));
    }, "image/png");
  });
}

interface Text {
  readonly size: number;
  readonly weight: number;
  readonly colour: string;
  readonly y: number;
}

function write(context: CanvasRenderingContext2D, text: string, style: Text): void {
  context.font = font(style.size, style.weight);
  context.fillStyle = colour(style.colour);
  context.fillText(text, MARGIN, style.y);
}

function font(size: number, weight: number): string {
  return `${weight} ${size}px ${colour("--font")}`;
}

interface PlacedEntry extends LegendEntry {
  readonly x: number;
}

/** As many entries to a row as fit. */
function legendRows(
  context: CanvasRenderingContext2D,
  legend: readonly LegendEntry[],
  width: number,
): readonly (readonly PlacedEntry[])[] {
  context.font = font(13, 400);
  const rows: PlacedEntry[][] = [];
  let x = 0;
  for (const entry of legend) {
    const needed = SAMPLE_WIDTH + 8 + context.measureText(textOf(entry)).width;
    if (rows.length === 0 || x + needed > width) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)?.push({ ...entry, x: MARGIN + x });
    x += needed + ENTRY_GAP;
  }
  return rows;
}

function drawRow(context: CanvasRenderingContext2D, row: readonly PlacedEntry[], y: number): void {
  for (const entry of row) {
    context.save();
    context.strokeStyle = entry.colour;
    context.lineWidth = 2.5;
    context.setLineDash([...entry.dash]);
    context.beginPath();
    context.moveTo(entry.x, y);
    context.lineTo(entry.x + SAMPLE_WIDTH, y);
    context.stroke();
    context.restore();
    context.font = font(13, 400);
    context.fillStyle = colour("--ink");
    context.fillText(textOf(entry), entry.x + SAMPLE_WIDTH + 8, y);
  }
}

function textOf({ letter, label }: LegendEntry): string {
  return `${letter}  ${label}`.trim();
}
