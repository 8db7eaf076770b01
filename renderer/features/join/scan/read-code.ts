import { isPicture, largestFile, mostMegapixels, sidesToTry } from './picture-rules.ts'

/** What a picture has to say. */
export type CodeRead = { kind: 'code'; text: string } | { kind: 'too_large' | 'no_picture' | 'no_code' }

/** White around the picture, part of its longest side: a code that was cut out has lost the edge that readers need. */
const edge = 0.06

/**
 * Looks for a QR code in a picture, in the page: nothing is sent anywhere. The reader is plain JavaScript and is loaded
 * when it is needed, because the page's policy allows no WebAssembly. Never rejects for what is in the picture.
 */
export async function readCode(file: Blob): Promise<CodeRead> {
  if (!isPicture(file)) return { kind: 'no_picture' }
  if (file.size > largestFile) return { kind: 'too_large' }
  const picture = await decoded(file)
  if (picture === null) return { kind: 'no_picture' }
  try {
    if (picture.width * picture.height > mostMegapixels * 1e6) return { kind: 'too_large' }
    const { default: jsQR } = await import('jsqr')
    for (const side of sidesToTry(picture)) {
      const { data, width, height } = drawn(picture, side)
      const found = jsQR(data, width, height, { inversionAttempts: 'attemptBoth' })
      if (found !== null && found.data !== '') return { kind: 'code', text: found.data }
      await breath()
    }
    return { kind: 'no_code' }
  } finally {
    picture.close()
  }
}

/** Null when the browser cannot draw it. */
async function decoded(file: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(file)
  } catch {
    return null // a broken file, or one that only says that it is a picture
  }
}

function drawn(picture: ImageBitmap, side: number): ImageData {
  const scale = side / Math.max(picture.width, picture.height)
  const [width, height] = [Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale))]
  const margin = Math.ceil(side * edge)
  const canvas = document.createElement('canvas')
  canvas.width = width + 2 * margin
  canvas.height = height + 2 * margin
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('this browser has no canvas')
  // also under what is transparent
  context.fillStyle = 'white'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(picture, margin, margin, width, height)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}

/** Lets the page draw between two searches. */
const breath = () => new Promise<void>((resolve) => setTimeout(resolve))
