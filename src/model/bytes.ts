const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/**
 * Bytes in the powers of two that GPU limits come in: `512 B`, `1.5 KiB`, `128 MiB`, `3.2 GiB`.
 * Three figures at most, rounded.
 */
export function binaryBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return 'no limit';
  let value = bytes;
  let unit = 0;
  for (; value >= 999.5 && unit < UNITS.length - 1; unit++) value /= 1024;
  const text =
    value < 9.95 && unit > 0 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value).toLocaleString('en-US');
  return `${text} ${UNITS[unit]}`;
}
