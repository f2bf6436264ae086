/** Hands a file to the browser, under a name that says what is in it. */

import { localIso } from "../../time/local-text.ts";
import type { Plan } from "../scene/scene.ts";

/** Such as `home-2026-11-18-to-2026-11-25-1h.csv`. */
export function fileNameOf(device: string, { span, scale, location }: Plan, kind: string): string {
  const [from, until] = [span.start, span.end].map((edge) => {
    const text = localIso(edge, location.timeZone);
    const isMidnight = text.slice(11, 16) === "00:00";
    return text.slice(0, isMidnight ? 10 : 16).replaceAll(":", "");
  });
  return `${wordsOf(device)}-${from}-to-${until}-${scale.toLowerCase()}.${kind}`;
}

export function saveFile(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The click has been handled by then, and the browser holds the file itself.
  setTimeout(() => URL.revokeObjectURL(address));
}

function wordsOf(name: string): string {
  const words = name.toLowerCase().match(/[\p{Letter}\p{Number}]+/gu) ?? [];
  return words.join("-") || "history";
}
