/** `npm run icons`: writes every icon below `assets/` from the one drawing. The results are committed. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import chromium from '@sparticuz/chromium'
import { chromium as playwright } from 'playwright-core'
import { iconList } from './icon-list.ts'

async function write(path: string, content: string | Buffer): Promise<void> {
  const file = join(import.meta.dirname, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
}

/** Runs in the browser: a canvas of exactly `size` pixels, so that lines stay where the drawing puts them. */
async function rasterise([svg, size]: [string, number]): Promise<string> {
  const image = new Image()
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size })
  canvas.getContext('2d')?.drawImage(image, 0, 0, size, size)
  return canvas.toDataURL('image/png')
}

const executablePath = process.env['FCN_BROWSER'] ?? (await chromium.executablePath())
const browser = await playwright.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
try {
  const page = await browser.newPage()
  for (const { source, svg, images } of iconList()) {
    await write(source, svg)
    for (const { path, size } of images) {
      const [, base64 = ''] = (await page.evaluate(rasterise, [svg, size] as [string, number])).split(',')
      await write(path, Buffer.from(base64, 'base64'))
    }
  }
} finally {
  await browser.close()
}
