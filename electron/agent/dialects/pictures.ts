import type { ImageLinkPart, ImagePart } from './task.ts'

/** How base64 of the usual kinds of picture begins, by the first bytes of the file. */
const beginnings: [string, string][] = [
  ['iVBORw0KGgo', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
  ['Qk', 'image/bmp'],
]

/** A picture whose kind the dialect does not tell. */
export function picture(data: string): ImagePart {
  return { type: 'image', mediaType: beginnings.find(([start]) => data.startsWith(start))?.[1] ?? 'image/png', data }
}

/** A picture behind an address: inside it (`data:`), or wherever it points. Null: neither. */
export function pictureAt(url: string): ImagePart | ImageLinkPart | null {
  if (/^https?:\/\//iu.test(url)) return { type: 'image-link', url }
  const inside = /^data:([\w.+/-]+);base64,/iu.exec(url.slice(0, 200))
  return inside === null ? null : { type: 'image', mediaType: (inside[1] ?? '').toLowerCase(), data: url.slice(inside[0].length) }
}

export const pictureUrl = (part: ImagePart | ImageLinkPart): string =>
  part.type === 'image-link' ? part.url : `data:${part.mediaType};base64,${part.data}`
