/** Programs for tables take a text that begins with one of these for a formula; names come from other computers. */
const formula = /^[=+\-@\t\r]/u

/** One field: quoted where it must be, and never a formula. */
function fieldOf(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = formula.test(value) ? `'${value}` : value
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One line of RFC 4180, with its end. */
export const csvLine = (fields: readonly (string | number | null)[]): string => `${fields.map(fieldOf).join(',')}\r\n`

/** Without it some programs do not read UTF-8. */
export const byteOrderMark = '\uFEFF'
