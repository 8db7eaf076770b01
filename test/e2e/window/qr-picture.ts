import type { Browser } from 'playwright-core'
import { encode } from 'uqr'

interface Picture {
  name: string
  mimeType: string
  buffer: Buffer
}

/** A photo of a QR code, so to speak: somewhere in a larger grey picture, a little turned, without a clean edge. */
export async function qrPhoto(browser: Browser, text: string): Promise<Picture> {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  return drawnBy(browser, { modules: data, size })
}

/** A picture in which there is no code. */
export const plainPhoto = (browser: Browser): Promise<Picture> => drawnBy(browser, { modules: [], size: 0 })

async function drawnBy(browser: Browser, code: { modules: boolean[][]; size: number }): Promise<Picture> {
  const page = await browser.newPage()
  try {
    const url = await page.evaluate(({ modules, size }) => {
      const canvas = document.createElement('canvas')
      canvas.width = 1_600
      canvas.height = 1_200
      const pen = canvas.getContext('2d')
      if (pen === null) throw new Error('no canvas')
      pen.fillStyle = '#b9b4a8'
      pen.fillRect(0, 0, canvas.width, canvas.height)
      pen.translate(620, 260)
      pen.rotate(0.12)
      pen.scale(10, 10)
      pen.fillStyle = '#f4f1ea'
      pen.fillRect(0, 0, size, size)
      pen.fillStyle = '#22262b'
      for (const [y, row] of modules.entries()) for (const [x, dark] of row.entries()) if (dark) pen.fillRect(x, y, 1.02, 1.02)
      return canvas.toDataURL('image/png')
    }, code)
    return { name: 'invite.png', mimeType: 'image/png', buffer: Buffer.from(url.slice(url.indexOf(',') + 1), 'base64') }
  } finally {
    await page.close()
  }
}
