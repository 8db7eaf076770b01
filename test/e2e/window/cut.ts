import type { Page } from 'playwright-core'

/**
 * What does not fit: a page or a part of it that scrolls sideways, and text that is cut without saying so (an ellipsis
 * says so). Empty when all fits; at most 20 lines.
 */
export const cutOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    /** Rounding of fractions of pixels. */
    const slack = 1.5
    const found: string[] = []
    const nameOf = (element: Element) =>
      `${element.tagName.toLowerCase()}${
        typeof element.className === 'string' && element.className !== ''
          ? `.${element.className
              .split(/\s+/u)
              .filter((name) => !name.startsWith('m_'))
              .join('.')}`
          : ''
      }`

    if (document.documentElement.scrollWidth > window.innerWidth + slack)
      found.push(`the page is ${document.documentElement.scrollWidth} wide in ${window.innerWidth}`)

    for (const element of document.querySelectorAll('body *')) {
      const { overflowX } = getComputedStyle(element)
      if ((overflowX === 'auto' || overflowX === 'scroll') && element.scrollWidth > element.clientWidth + slack && element.clientWidth > 1)
        found.push(`${nameOf(element)} scrolls sideways: ${element.scrollWidth} in ${element.clientWidth}`)
    }

    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const words = node.textContent?.trim() ?? ''
      const parent = node.parentElement
      if (words === '' || parent === null || !parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const text = range.getBoundingClientRect()
      if (text.width === 0) continue
      const clip = clipping(parent, text)
      if (clip !== null) found.push(`“${words.slice(0, 50)}” is cut by ${clip}`)
    }
    return [...new Set(found)].slice(0, 20)

    /** The nearest element that cuts the text, unless it shows an ellipsis or is there only to be heard. */
    function clipping(from: Element, text: DOMRect): string | null {
      for (let element: Element | null = from; element !== null && element !== document.body; element = element.parentElement) {
        const style = getComputedStyle(element)
        if (style.clipPath !== 'none' || style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') return null
        const box = element.getBoundingClientRect()
        // what scrolls can be brought into view
        const cutsX = style.overflowX === 'hidden' || style.overflowX === 'clip'
        const cutsY = style.overflowY === 'hidden' || style.overflowY === 'clip'
        if (cutsX && (text.right > box.right + slack || text.left < box.left - slack)) return nameOf(element)
        if (cutsY && (text.bottom > box.bottom + 3 || text.top < box.top - 3)) return nameOf(element)
        if (style.position === 'fixed') return null
        if (style.overflowX === 'auto' || style.overflowY === 'auto') return null
      }
      return null
    }
  })
