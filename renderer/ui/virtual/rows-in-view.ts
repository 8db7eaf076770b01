/** Rows from `first` up to, but without, `end`. */
export interface RowRange {
  first: number
  end: number
}

/** Where a list of equal rows is in the area that scrolls, px. */
export interface ListGeometry {
  count: number
  rowHeight: number
  /** From the top of the area down to the first row; negative when that was scrolled out. */
  top: number
  /** Height of the area. */
  height: number
}

/** Rows drawn beyond what is seen, at either end: what a turn of the wheel uncovers is there already. */
const beyond = 8
/** The range moves on by so many rows at once, so that not every row that passes draws the list anew. */
const step = 4

/** The rows to draw; empty for an empty list. */
export function rowsInView({ count, rowHeight, top, height }: ListGeometry): RowRange {
  if (count === 0) return { first: 0, end: 0 }
  // not laid out yet: what fits a small window
  if (!(rowHeight > 0)) return { first: 0, end: Math.min(count, 2 * beyond) }
  const seen = Math.min(count - 1, Math.max(0, Math.floor(-top / rowHeight)))
  const rows = Math.ceil(Math.max(0, height) / rowHeight) + 1
  const first = Math.max(0, Math.floor((seen - beyond) / step) * step)
  const end = Math.min(count, Math.ceil((seen + rows + beyond) / step) * step)
  return { first, end }
}

/** How far the area has to scroll so that a row is seen whole, px; 0 when it is. `margin`: what may cover its edges. */
export function scrollToShow(index: number, { rowHeight, top, height }: ListGeometry, margin = 0): number {
  const begin = top + index * rowHeight
  if (begin < margin) return begin - margin
  const over = begin + rowHeight - (height - margin)
  return over > 0 ? Math.min(over, begin - margin) : 0
}

/** The indices of a range in order, with `kept` among them: the row that has the focus stays in the page wherever it is. */
export function indicesOf({ first, end }: RowRange, kept: number | null): number[] {
  const indices = Array.from({ length: end - first }, (_, i) => first + i)
  if (kept === null || (kept >= first && kept < end)) return indices
  return kept < first ? [kept, ...indices] : [...indices, kept]
}

/** Where a key leads from row `at`; null for keys that do not move. */
export function rowAfterKey(key: string, at: number, { count, rowHeight, height }: ListGeometry): number | null {
  const page = Math.max(1, Math.floor(height / Math.max(1, rowHeight)) - 1)
  const moved: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: count - 1,
  }
  const to = Object.hasOwn(moved, key) ? moved[key] : undefined
  return to === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, to))
}
