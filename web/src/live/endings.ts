/** What it means to a person that there is nothing to watch, by its code. */

const LINK_YOURS = "No Emporia account is linked. Link yours under Account.";
const LINK_AGAIN = "Emporia has ended the link. Link your Emporia account again under Account.";

const MEANINGS: Readonly<Record<string, string>> = {
  no_devices: LINK_YOURS,
  not_linked: LINK_YOURS,
  link_dead: LINK_AGAIN,
};

/** Null for a code of something else. */
export function meaningOf(code: string): string | null {
  return Object.hasOwn(MEANINGS, code) ? (MEANINGS[code] ?? null) : null;
}
