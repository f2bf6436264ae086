/** What people type, as the gateway takes it. */

/** A comma is how many people write it. */
export function plain(text: string): string {
  return text.trim().replace(",", ".");
}

/** As codes of currencies and countries are written. */
export function capitals(text: string): string {
  return text.trim().toUpperCase();
}

export const A_CURRENCY = "Write three letters, such as USD or EUR.";

/** What somebody typed, as a currency's code; null where it can be none. */
export function currencyCode(text: string): string | null {
  const code = capitals(text);
  return /^[A-Z]{3}$/.test(code) ? code : null;
}

/** What stands between line breaks, without what is empty. */
export function linesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
