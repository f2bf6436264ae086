/** The page speaks English, so it writes numbers and dates as English does, whoever reads them. */
export const ENGLISH = "en-US";
