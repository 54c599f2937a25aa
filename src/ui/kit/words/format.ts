const SUFFIXES = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/**
 * A number in engineering form with three significant figures: 0, 1.2e-3, 0.123, 12.3, 54.0k,
 * 1.20M. It never has more than eight characters, so readouts keep their width.
 */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value < 0 ? '−∞' : '∞';
  if (value < 0) return `−${formatNumber(-value)}`;
  if (value === 0) return '0';
  if (value < 0.00995 || value >= 999.5e9) return value.toExponential(1).replace('+', '');
  if (value < 999.5) return threeFigures(value);
  const [unit, suffix] = SUFFIXES.find(([size]) => value >= size * 0.9995)!;
  return threeFigures(value / unit) + suffix;
}

/** 0.0123 -> 0.012, 0.123, 1.23, 12.3, 123: three figures, and at most three decimals. */
function threeFigures(value: number): string {
  const decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : value >= 0.9995 ? 2 : 3;
  return value.toFixed(decimals);
}

/** Shared by all calls: `toLocaleString` makes a new one at each call, which shows in a profile. */
const EXACT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A whole number in full: 54,000. */
export function formatExact(value: number): string {
  return EXACT.format(value);
}

/** A count, exact below 10,000 (8,438) and rounded from there on (54.0k). */
export function formatCount(value: number): string {
  return Number.isFinite(value) && Math.abs(value) < 1e4 ? formatExact(value) : formatNumber(value);
}

/** A share in 0..1 as `97.8 %`. A share below 1 is never shown as 100 %. */
export function formatPercent(share: number): string {
  if (share >= 0.9995 && share < 1) return '>99.9 %';
  return Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : formatNumber(share);
}

/** A setting as somebody would type it: 0.25, 3.0e-3, 1,000. */
export function formatSetting(value: number): string {
  return value >= 999.5 && value < 1e9 ? formatExact(value) : formatNumber(value);
}

/** Milliseconds as `0.12 ms`, `12.3 ms`, `1.20 s`. */
export function formatMilliseconds(ms: number): string {
  return ms >= 999.5 ? `${formatNumber(ms / 1e3)} s` : `${formatNumber(ms)} ms`;
}

/** A time span that a person waits for: `< 1 s`, `42 s`, `3:05 min`, `2:07 h`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 1) return '< 1 s';
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')} min`;
  return `${Math.floor(whole / 3600)}:${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} h`;
}

/** Bytes as `512 B`, `1.20 kB`, `44.9 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 999.5) return `${bytes.toFixed(0)} B`;
  const text = formatNumber(bytes);
  return `${text.slice(0, -1)} ${text.slice(-1)}B`;
}

/** A shape as people write it: `28×28×1`, `10`, `6,272`. */
export function formatShape(shape: readonly number[]): string {
  return shape.map(formatExact).join('×');
}
