/**
 * Looks for texts that cannot be read as a whole, in the page itself: cut off by a box or by the edge of the page, lying
 * on another text, or making the page scroll sideways. Runs in the browser, so it uses nothing from outside. Names and
 * addresses may be cut with an ellipsis; texts of the catalogue, which `isOurs` tells by its mark, may not.
 */
export function layoutFlaws(mark: string): string[] {
  const flaws: string[] = []
  const isOurs = (text: string) => new RegExp(mark, 'u').test(text)
  const { innerWidth } = window
  const root = document.documentElement
  if (root.scrollWidth > innerWidth + 1) flaws.push(`the page is ${root.scrollWidth} px wide in ${innerWidth}`)

  /** Boxes that lie above the page: only what is in the last one can be read. */
  const dialogs = [...document.querySelectorAll('[role="dialog"][aria-modal="true"], .mantine-Menu-dropdown')]
  const scope = dialogs.at(-1) ?? document.body
  const aside = '.topology, [aria-hidden="true"], .skip:not(:focus), .mantine-Notifications-root, script, style, title, noscript'

  interface Box {
    left: number
    right: number
    top: number
    bottom: number
  }
  interface Line extends Box {
    text: string
    element: Element
    /** The nearest box that stays in place while others scroll below it. */
    floats: Element | null
  }

  const nameOf = (element: Element) => {
    const name = (each: Element) =>
      `${each.tagName.toLowerCase()}${[...each.classList]
        .filter((one) => !one.startsWith('m_'))
        .map((one) => `.${one}`)
        .join('')}`
    const parent = element.parentElement
    return parent === null ? name(element) : `${name(parent)} > ${name(element)}`
  }
  const quoted = (text: string) => `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`
  const clips = (value: string) => value === 'hidden' || value === 'clip'
  const scrolls = (value: string) => value === 'auto' || value === 'scroll'

  /**
   * Where a text in this element may be: in `box` lest it is cut, which counts what can be scrolled to; in `view` to be seen
   * now. Null when it is for screen readers only.
   */
  function sight(element: Element): { box: Box; view: Box; floats: Element | null; isCutByIntent: boolean } | null {
    const box: Box = { left: 0, right: innerWidth, top: Number.NEGATIVE_INFINITY, bottom: Number.POSITIVE_INFINITY }
    const view: Box = { left: 0, right: innerWidth, top: Number.NEGATIVE_INFINITY, bottom: Number.POSITIVE_INFINITY }
    let floats: Element | null = null
    let isCutByIntent = false
    let [free, freeDown, isPlaced] = [false, false, false]
    for (let each: Element | null = element; each !== null && each !== document.body; each = each.parentElement) {
      const style = getComputedStyle(each)
      const rect = each.getBoundingClientRect()
      // a pixel, or what becomes of it with larger text
      if (rect.width <= 2 && rect.height <= 2) return null
      const isMarked = style.textOverflow === 'ellipsis' || style.getPropertyValue('-webkit-line-clamp') !== 'none'
      // what is placed by hand is not cut by boxes between it and the one it is placed in
      const isPassed = isPlaced && style.position === 'static'
      isPlaced = isPassed || style.position === 'absolute'
      if (isPassed) continue
      if (clips(style.overflowX) && isMarked && (!isOurs(element.textContent ?? '') || each.hasAttribute('title'))) isCutByIntent = true
      if (!free && clips(style.overflowX)) {
        box.left = Math.max(box.left, rect.left)
        box.right = Math.min(box.right, rect.right)
      }
      if (!freeDown && clips(style.overflowY)) {
        box.top = Math.max(box.top, rect.top)
        box.bottom = Math.min(box.bottom, rect.bottom)
      }
      if (style.overflowX !== 'visible') [view.left, view.right] = [Math.max(view.left, rect.left), Math.min(view.right, rect.right)]
      if (style.overflowY !== 'visible') [view.top, view.bottom] = [Math.max(view.top, rect.top), Math.min(view.bottom, rect.bottom)]
      // what scrolls can be brought into view
      if (scrolls(style.overflowX)) [free, box.left, box.right] = [true, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
      if (scrolls(style.overflowY)) freeDown = true
      if (floats === null && (style.position === 'fixed' || style.position === 'sticky')) floats = each
    }
    return { box, view, floats, isCutByIntent }
  }

  const lines: Line[] = []
  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const [element, text] = [node.parentElement, (node.textContent ?? '').trim()]
    if (element === null || text === '' || element.closest(aside) !== null) continue
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
    const seen = sight(element)
    if (seen === null) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const rects = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1)
    const { box } = seen
    const cut = rects.find(
      (rect) => rect.left < box.left - 1.5 || rect.right > box.right + 1.5 || rect.top < box.top - 4 || rect.bottom > box.bottom + 4,
    )
    if (cut !== undefined && !seen.isCutByIntent) flaws.push(`cut: ${quoted(text)} in ${nameOf(element)}`)
    if (!seen.isCutByIntent)
      for (const rect of rects)
        lines.push({
          left: Math.max(rect.left, seen.view.left),
          right: Math.min(rect.right, seen.view.right),
          top: Math.max(rect.top, seen.view.top),
          bottom: Math.min(rect.bottom, seen.view.bottom),
          ...{ text, element, floats: seen.floats },
        })
  }

  for (const [index, a] of lines.entries()) {
    for (const b of lines.slice(index + 1)) {
      if (a.element === b.element || a.floats !== b.floats) continue
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
      // letters of neighbouring lines may touch
      if (wide > 2 && high > 6) flaws.push(`overlap: ${quoted(a.text)} and ${quoted(b.text)} in ${nameOf(a.element)}`)
    }
  }
  return [...new Set(flaws)]
}
