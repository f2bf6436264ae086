/** What a key means on the chart. */

export type Command =
  | {
      readonly kind: "step";
      readonly by: "one" | "many";
      readonly sign: 1 | -1;
      readonly extends: boolean;
    }
  | { readonly kind: "edge"; readonly edge: "first" | "last"; readonly extends: boolean }
  | { readonly kind: "zoom-in" | "zoom-out" | "back" | "earlier" | "later" | "clear" };

export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** As told on the page. */
export const KEY_HINTS: readonly (readonly [string, string])[] = [
  ["← →", "read a bucket"],
  ["Page ↑ ↓", "a tenth further"],
  ["Home End", "first, last"],
  ["Shift + ← →", "select"],
  ["Enter or +", "zoom in"],
  ["−", "zoom out"],
  ["Backspace", "back"],
  [", .", "earlier, later"],
  ["Esc", "clear"],
];

/** Null leaves the key to the page and to the browser. */
export function commandOf({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyPress): Command | null {
  if (ctrlKey || metaKey || altKey) return null;
  switch (key) {
    case "ArrowLeft":
      return { kind: "step", by: "one", sign: -1, extends: shiftKey };
    case "ArrowRight":
      return { kind: "step", by: "one", sign: 1, extends: shiftKey };
    case "PageUp":
      return { kind: "step", by: "many", sign: -1, extends: shiftKey };
    case "PageDown":
      return { kind: "step", by: "many", sign: 1, extends: shiftKey };
    case "Home":
      return { kind: "edge", edge: "first", extends: shiftKey };
    case "End":
      return { kind: "edge", edge: "last", extends: shiftKey };
    case "Enter":
    case "+":
    case "=":
      return { kind: "zoom-in" };
    case "-":
    case "_":
      return { kind: "zoom-out" };
    case "Backspace":
      return { kind: "back" };
    case ",":
    case "<":
      return { kind: "earlier" };
    case ".":
    case ">":
      return { kind: "later" };
    case "Escape":
      return { kind: "clear" };
    default:
      return null;
  }
}
