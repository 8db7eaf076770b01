import { displayWidth, printable } from './terminal-text.ts'

/**
 * Aligned columns under their titles, two spaces apart, no line with spaces at its end. Cells are made printable.
 * Returns '' without rows: say in words why there is nothing.
 */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  return aligned([titles.map((title) => title.toUpperCase()), ...rows])
}

/** The same without titles, for a list of facts. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(printable))
  const widths: number[] = []
  for (const row of cells) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, displayWidth(cell))
  }
  const line = (row: string[]) => row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - displayWidth(cell))).join('  ')
  return cells.map((row) => line(row).trimEnd()).join('\n')
}
