/** The page speaks English, so it writes numbers and dates as English does, whoever reads them. */

export const ENGLISH = "en-US";

/**
 * Writes numbers; what is rounded to nothing has no sign.
 *
 * That is `signDisplay: "negative"`, at which browsers of old tablets break off.
 */
export function writing(options: Intl.NumberFormatOptions): (value: number) => string {
  const format = new Intl.NumberFormat(ENGLISH, options);
  return (value) => {
    const text = format.format(value);
    return /[1-9]/.test(text) ? text : text.replace("-", "");
  };
}
