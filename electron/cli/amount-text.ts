const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** Bytes in decimal units, three digits at most: `0 B`, `1.4 MB`, `148 GB`. */
export function amountText(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const value = bytes / 1_000 ** power
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power]}`
}
