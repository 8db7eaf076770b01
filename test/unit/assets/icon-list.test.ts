import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { iconList } from '../../../assets/icon-list.ts'

const assets = join(import.meta.dirname, '../../../assets')

test.each(iconList())('$source is drawn as the drawing says, and its images have their size', ({ source, svg, images }) => {
  expect(readFileSync(join(assets, source), 'utf8'), 'run `npm run icons`').toBe(svg)
  for (const { path, size } of images) {
    // a PNG begins with its signature and, at bytes 16 and 20, its width and height
    const png = readFileSync(join(assets, path))
    expect([png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(['PNG', size, size])
  }
})
