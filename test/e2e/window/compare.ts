import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'

/** How far two colours may be apart and still count as one, 0 to 1 (pixelmatch, YIQ). */
const threshold = 0.1

export interface Comparison {
  /** Part of the pixels that differ, 0 to 1; 1 when the sizes do. */
  difference: number
  /** Both pictures in one, with what differs in red, PNG; null when the sizes differ. */
  drawing: Buffer | null
}

/** Compares two PNGs; what only anti-aliasing changed does not count. */
export function comparePictures(before: Buffer, now: Buffer): Comparison {
  const [a, b] = [PNG.sync.read(before), PNG.sync.read(now)]
  const { width, height } = a
  if (b.width !== width || b.height !== height) return { difference: 1, drawing: null }
  const drawing = new PNG({ width, height })
  const different = pixelmatch(a.data, b.data, drawing.data, width, height, { threshold })
  return { difference: different / (width * height), drawing: PNG.sync.write(drawing) }
}
