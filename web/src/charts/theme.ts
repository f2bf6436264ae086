/** The colours of the page, for what is drawn on a canvas. */

/** The value of a custom property, such as `--ink`. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Hear when the system changes between light and dark; the answer ends it. */
export function onThemeChange(listener: () => void): () => void {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", listener);
  return () => dark.removeEventListener("change", listener);
}
