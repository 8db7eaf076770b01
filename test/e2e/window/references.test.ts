import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { PNG } from 'pngjs'
import { afterAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { openForShots } from '../show.ts'
import { comparePictures } from './compare.ts'
import { folder, fontsFile, fontsOf, type Reference, references, takePicture } from './references.ts'

/** Part of the pixels that may differ: README says how it was measured. */
const tolerance = 0.002
/** What a repository can bear, bytes. */
const most = 2_500_000

const browser = await launchBrowser()
const page = await openForShots(browser, { onFault: () => undefined })
const [here, there] = [await fontsOf(page), readFileSync(fontsFile, 'utf8').trim()]
if (here !== there) process.stdout.write(`The pictures of the window are not compared: fonts here are ${here}, theirs are ${there}.\n`)

describe.skipIf(here !== there)('the window looks as it did (skipped where the fonts are others than in the pictures):', () => {
  it.each(references)('$file', async (reference) => {
    expect(await differenceOf(page, reference)).toBe('')
  })
})

describe('the pictures of the window', () => {
  afterAll(() => browser.close())

  it('would show that a button of 60 × 24 pixels has moved, and no change of a shade', () => {
    const picture = (left: number, grey: number) => {
      const png = new PNG({ width: 420, height: 800 })
      png.data.fill(grey)
      for (let y = 100; y < 124; y++) png.data.fill(40, (y * 420 + left) * 4, (y * 420 + left + 60) * 4)
      return PNG.sync.write(png)
    }
    expect(comparePictures(picture(20, 250), picture(100, 250)).difference).toBeGreaterThan(tolerance)
    expect(comparePictures(picture(20, 250), picture(20, 249)).difference).toBe(0)
  })

  it('are those on the list, and small enough for a repository', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.png'))
    expect(files.toSorted()).toEqual(references.map(({ file }) => file).toSorted())
    expect(files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)).toBeLessThan(most)
  })
})

/** Empty, or what differs and where to look at it. */
async function differenceOf(page: Page, reference: Reference): Promise<string> {
  const now = await takePicture(page, reference)
  const { difference, drawing } = comparePictures(readFileSync(join(folder, reference.file)), now)
  if (difference <= tolerance) return ''
  const out = resolve('out/differences')
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, reference.file), now)
  if (drawing !== null) writeFileSync(join(out, `difference-${reference.file}`), drawing)
  return `${(difference * 100).toFixed(2)} % of ${reference.file} differ: see ${out}. Is it meant? npm run references`
}
