/** What people type, as the gateway takes it. */

/** A comma is how many people write it. */
export function plain(text: string): string {
  return text.trim().replace(",", ".");
}

export function currencyText(text: string): string {
  return text.trim().toUpperCase();
}

/** What stands between line breaks, without what is empty. */
export function linesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
