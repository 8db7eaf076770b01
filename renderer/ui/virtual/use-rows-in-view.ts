import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'
import { type ListGeometry, type RowRange, rowsInView, scrollToShow } from './rows-in-view.ts'
import { scrollAreaOf } from './scroll-area.ts'

/** Between a row that was scrolled to and the edge, px. */
const air = 12

/**
 * Which rows of a list to draw while an area around it scrolls. All rows are as high as each other; how high is measured,
 * so that it may follow the size of the text. Give `list` to the element that is as high as all rows together.
 */
export function useRowsInView(list: RefObject<HTMLElement | null>, count: number) {
  const [range, setRange] = useState<RowRange>(() => rowsInView({ count, rowHeight: 0, top: 0, height: 0 }))
  const area = useRef<HTMLElement | null>(null)

  const measure = useCallback((): ListGeometry => {
    if (list.current === null || area.current === null) return { count, rowHeight: 0, top: 0, height: 0 }
    const { top, height } = list.current.getBoundingClientRect()
    return {
      count,
      rowHeight: count === 0 ? 0 : height / count,
      top: top - area.current.getBoundingClientRect().top,
      height: area.current.clientHeight,
    }
  }, [list, count])

  useLayoutEffect(() => {
    const found = scrollAreaOf(list.current)
    area.current = found
    const renew = () => {
      const next = rowsInView(measure())
      setRange((known) => (known.first === next.first && known.end === next.end ? known : next))
    }
    renew()
    // the document's own scrolling is told to the window only
    const source = found === document.documentElement ? window : found
    source.addEventListener('scroll', renew, { passive: true })
    const sizes = new ResizeObserver(renew)
    sizes.observe(found)
    if (list.current !== null) sizes.observe(list.current)
    return () => {
      source.removeEventListener('scroll', renew)
      sizes.disconnect()
    }
  }, [list, measure])

  /** Scrolls as little as needed for a row to be seen whole, with a little air. */
  const show = useCallback(
    (index: number) => {
      const by = scrollToShow(index, measure(), air)
      if (by !== 0) area.current?.scrollBy({ top: by, behavior: 'instant' })
    },
    [measure],
  )
  // rows that went are not drawn, even before the range is measured anew
  return { range: { first: Math.min(range.first, count), end: Math.min(range.end, count) }, measure, show }
}
