/** Names of files that say what is in them. */

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

function wordsOf(name: string): string {
  const words = name.toLowerCase().match(/[\p{Letter}\p{Number}]+/gu) ?? [];
  return words.join("-") || "history";
}
