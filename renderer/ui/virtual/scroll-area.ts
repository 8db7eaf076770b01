/** The closest ancestor that scrolls, else the document. */
export function scrollAreaOf(element: HTMLElement | null): HTMLElement {
  for (let at = element?.parentElement ?? null; at !== null; at = at.parentElement)
    if (/auto|scroll/u.test(getComputedStyle(at).overflowY)) return at
  return document.documentElement
}
