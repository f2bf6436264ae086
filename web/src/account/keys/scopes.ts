/** What a key may be good for, in a sentence each. */

import type { KeyScope } from "../../api/account.ts";

export interface Scope {
  readonly scope: KeyScope;
  readonly name: string;
  readonly sentence: string;
}

export const SCOPES: readonly Scope[] = [
  {
    scope: "read",
    name: "Read",
    sentence: "Asks for devices, for what they use now, and for their history.",
  },
  {
    scope: "stream",
    name: "Stream",
    sentence: "Is sent what the home uses, second by second.",
  },
  {
    scope: "export",
    name: "Export",
    sentence: "Takes history along as files. So far there is nothing that it opens.",
  },
];

/** In words; what is newer than the page is told in the gateway's own word. */
export function scopesText(scopes: readonly string[]): string {
  return scopes.map((one) => SCOPES.find(({ scope }) => scope === one)?.name ?? one).join(", ");
}
