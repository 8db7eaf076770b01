/**
 * Reads the little XML that routers speak: names without their prefix, text, nothing else. One pass; no attributes, no
 * DTD, no entities but the five of XML: what a document cannot say it cannot misuse.
 */
export interface XmlElement {
  name: string
  /** Text directly inside, without white space at its ends. */
  text: string
  children: XmlElement[]
}

/** Deeper elements are laid beside their parent: UPnP descriptions need eight. */
const maxDepth = 32

/** The elements of a document as a tree under a nameless root; what does not close ends with what is around it. */
export function readXml(document: string): XmlElement {
  const root: XmlElement = { name: '', text: '', children: [] }
  const open = [root]
  let at = 0
  for (;;) {
    const start = document.indexOf('<', at)
    const end = start < 0 ? -1 : document.indexOf('>', start)
    if (end < 0) return root
    addText(open.at(-1) as XmlElement, document.slice(at, start))
    addTag(open, document.slice(start + 1, end))
    at = end + 1
  }
}

/** Every element of that name, at any depth, in order. */
export function elementsOf({ children }: XmlElement, name: string): XmlElement[] {
  return children.flatMap((child) => [...(child.name === name ? [child] : []), ...elementsOf(child, name)])
}

/** Text of the first element of that name, at any depth; null when there is none. */
export const textOf = (element: XmlElement, name: string): string | null => elementsOf(element, name)[0]?.text ?? null

function addText(element: XmlElement, text: string): void {
  element.text += text.trim().replace(/&(lt|gt|quot|apos|amp);/gu, (_whole, name: string) => entities[name] ?? '')
}

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

function addTag(open: XmlElement[], tag: string): void {
  const [, slash, name] = /^(\/?)(?:[^\s/:?!]+:)?([^\s/:?!]+)/u.exec(tag) ?? []
  if (name === undefined) return // a declaration or a comment
  if (slash === '/') {
    const place = open.findLastIndex((element) => element.name === name)
    if (place > 0) open.length = place
    return
  }
  const element: XmlElement = { name, text: '', children: [] }
  open.at(-1)?.children.push(element)
  if (!tag.endsWith('/') && open.length < maxDepth) open.push(element)
}

/** Text as it may stand inside an element. */
export const escaped = (text: string): string => text.replace(/[<>&]/gu, (sign) => ({ '<': '&lt;', '>': '&gt;' })[sign] ?? '&amp;')
