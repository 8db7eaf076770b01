import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { type Scheme, type Size, sizes, withShot } from '../show.ts'
import type { Shot } from '../shot.ts'
import { shots } from '../shots.ts'

/** Where the pictures are, and the fonts they were taken with. */
export const folder = join(import.meta.dirname, 'references')
export const fontsFile = join(folder, 'fonts.txt')

export interface Reference {
  file: string
  shot: Shot
  size: Size
  scheme: Scheme
}

/** The shots that are compared: each screen and important dialog once, in turns light and dark, wide and narrow. */
const chosen: readonly (readonly [name: string, size: Size, scheme: Scheme])[] = [
  ['first-run', 'wide', 'light'],
  ['overview-busy', 'wide', 'light'],
  ['overview-busy', 'narrow', 'dark'],
  ['peers', 'wide', 'light'],
  ['peers', 'narrow', 'light'],
  ['peers-drawer', 'wide', 'dark'],
  ['screen-peers-empty', 'wide', 'light'],
  ['capabilities', 'wide', 'dark'],
  ['capabilities', 'narrow', 'light'],
  ['services', 'wide', 'light'],
  ['activity', 'wide', 'light'],
  ['requests', 'narrow', 'dark'],
  ['settings', 'wide', 'light'],
  ['join-network', 'wide', 'light'],
  ['join-url', 'narrow', 'light'],
  ['join-waiting', 'narrow', 'dark'],
  ['approve', 'wide', 'light'],
  ['approve', 'narrow', 'dark'],
  ['invite-made', 'wide', 'dark'],
  ['invite', 'narrow', 'light'],
  ['mesh', 'wide', 'light'],
  ['policies-form', 'narrow', 'light'],
]

export const references: readonly Reference[] = chosen.map(([name, size, scheme]) => {
  const shot = shots.find((each) => each.name === name)
  if (shot === undefined) throw new Error(`there is no shot ${name}`)
  return { file: `${name}-${size}-${scheme}.png`, shot, size, scheme }
})

/** The picture as it is now, PNG. */
export async function takePicture(page: Page, { shot, size, scheme }: Reference): Promise<Buffer> {
  await page.setViewportSize(sizes[size])
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
  let picture: Buffer = Buffer.alloc(0)
  await withShot(page, shot, async () => {
    picture = await page.screenshot({ caret: 'hide' })
  })
  return picture
}

/**
 * Tells one set of fonts, and one way of drawing them, from another: a checksum over the pixels of a line of text in the
 * two families of the window. Pictures taken with different ones cannot be compared.
 */
export const fontsOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const canvas = new OffscreenCanvas(600, 60)
    const pen = canvas.getContext('2d')
    if (pen === null) return 'none'
    pen.font = '600 15px system-ui'
    pen.fillText('Sharing storage and AI with Maple Street', 4, 20)
    pen.font = '13px ui-monospace, "DejaVu Sans Mono", monospace'
    pen.fillText('K7QDM3X-WPA4HNU 316 074', 4, 46)
    // FNV-1a, 32 bits
    let sum = 0x811c9dc5
    for (const byte of pen.getImageData(0, 0, canvas.width, canvas.height).data) sum = Math.imul(sum ^ byte, 0x01000193) >>> 0
    return sum.toString(16).padStart(8, '0')
  })
