/** Largest file that is read, bytes: a photo of a telephone has a third of it. */
export const largestFile = 20e6
/** Most pixels that are worked on, millions. */
export const mostMegapixels = 64

/** Pictures that browsers draw; a vector drawing would bring its own contents. */
const types = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/bmp', 'image/avif'])

export const isPicture = (file: { type: string }): boolean => types.has(file.type)

/**
 * Longest sides at which a picture is searched, in this order, pixels. A code that fills a photo is found quickest when
 * it is small; one in the corner of a screenshot needs every pixel. Never more than there are, nor than `most`.
 */
export function sidesToTry({ width, height }: { width: number; height: number }): number[] {
  const longest = Math.max(width, height)
  const most = 2_400
  return [...new Set([1_000, most, 600].map((side) => Math.min(side, longest)))]
}

/** The invite that a code holds, as a link or as text; null when it holds something else. */
export function inviteIn(text: string): string | null {
  const trimmed = text.trim()
  return trimmed.length <= 2_048 && /^(?:fcn:\/\/join\/?\?i=)?fcn1\.[\w-]+$/u.test(trimmed) ? trimmed : null
}

/** The picture in what was dropped or pasted; what it holds besides does not matter. Null when there is none. */
export const pictureAmong = <T extends { type: string }>(files: Iterable<T>): T | null =>
  [...files].find(({ type }) => type.startsWith('image/')) ?? null
