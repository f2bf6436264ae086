/** A text for a camera. */

import { generate } from "lean-qr/nano";
import { useMemo } from "preact/hooks";

/** What stays white around it, in modules: scanners need it. */
const QUIET = 4;

interface Props {
  readonly text: string;
  /** What it is, for whoever can't see it. */
  readonly label: string;
}

export function QrCode({ text, label }: Props) {
  const { size, path } = useMemo(() => pathOf(text), [text]);
  const side = size + 2 * QUIET;
  return (
    <svg class="qr-code" role="img" aria-label={label} viewBox={`0 0 ${side} ${side}`}>
      <path class="qr-paper" d={`M0 0h${side}v${side}H0z`} />
      <path class="qr-ink" d={path} />
    </svg>
  );
}

/** Its dark modules, one square each. */
function pathOf(text: string): { readonly size: number; readonly path: string } {
  const code = generate(text);
  const squares: string[] = [];
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      if (code.get(x, y)) squares.push(`M${x + QUIET} ${y + QUIET}h1v1h-1z`);
    }
  }
  return { size: code.size, path: squares.join("") };
}
