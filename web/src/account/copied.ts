/** Puts a text that is shown on the clipboard. */

/** What to say of it. */
export async function copied(text: string, shown: HTMLElement | null): Promise<string> {
  return (await isCopied(text, shown)) ? COPIED : NOT_COPIED;
}

const COPIED = "Copied.";
const NOT_COPIED = "This browser does not let the page copy. Mark the text, and copy it yourself.";

/** Over plain HTTP there is no clipboard to write to: then what is marked is copied. */
async function isCopied(text: string, shown: HTMLElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (shown === null) return false;
    window.getSelection()?.selectAllChildren(shown);
    return document.execCommand("copy");
  }
}
