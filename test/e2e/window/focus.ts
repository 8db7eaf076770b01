import type { Page } from 'playwright-core'

/** Most stops of the tab key that are looked at on one page. */
const most = 120

interface Stop {
  /** How a screen reader would name it, roughly. */
  name: string
  ring: boolean
}

/**
 * Walks the page by the tab key until it comes round; says of every stop whether something on or around it shows a ring.
 * Controls that are drawn by a neighbour (a switch, a segment, a checkbox) may wear it there.
 */
export async function stopsOn(page: Page): Promise<Stop[]> {
  const stops: Stop[] = []
  for (let count = 0; count < most; count++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(() => {
      const focused = document.activeElement
      if (focused === null || focused === document.body) return null
      if (focused instanceof HTMLElement && focused.dataset['seen'] === 'true') return null
      if (focused instanceof HTMLElement || focused instanceof SVGElement) focused.dataset['seen'] = 'true'
      const drawn = (element: Element | null | undefined) => {
        if (!element) return false
        const { outlineStyle, outlineWidth, strokeWidth } = getComputedStyle(element)
        if (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) return true
        // what is drawn wears the ring as its line
        return element instanceof SVGElement && parseFloat(strokeWidth) >= 4
      }
      const near = [focused, focused.nextElementSibling, focused.parentElement, focused.closest('label'), ...focused.querySelectorAll('*')]
      const rings = near.some(drawn) || [...(focused.nextElementSibling?.querySelectorAll('*') ?? [])].some(drawn)
      const name = focused.getAttribute('aria-label') ?? focused.textContent?.trim().slice(0, 40) ?? ''
      return { name: `${focused.tagName.toLowerCase()} ${name}`, ring: rings }
    })
    if (stop === null) break
    stops.push(stop)
  }
  return stops
}
