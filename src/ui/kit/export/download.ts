/** Saves a file on the user's computer. */
export function download(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has read the address by the next task; a longer wait does no harm and helps slow
  // browsers.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
