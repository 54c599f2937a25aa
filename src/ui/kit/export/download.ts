/** Hands the person a file. */
export function download(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has read the address by the next task; a little patience does not hurt the slow
  // ones.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
