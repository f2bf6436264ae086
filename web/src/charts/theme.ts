/** The colours of the page, for what is drawn on a canvas. */

/** The value of a custom property, such as `--ink`. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Hear when colours change: between light and dark, and for paper; the answer ends it. */
export function onThemeChange(listener: () => void): () => void {
  const themes = ["(prefers-color-scheme: dark)", "print"].map((one) => window.matchMedia(one));
  for (const theme of themes) theme.addEventListener("change", listener);
  return () => {
    for (const theme of themes) theme.removeEventListener("change", listener);
  };
}
