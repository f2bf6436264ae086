/** Hands a file to the browser, to be kept under this name. */
export function saveFile(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The click has been handled by then, and the browser holds the file itself.
  setTimeout(() => URL.revokeObjectURL(address));
}
