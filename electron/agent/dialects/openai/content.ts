import { z } from 'zod'
import { untranslatable } from '../form.ts'
import { maxMessages } from '../limits.ts'
import { textParts } from '../parts.ts'
import { pictureAt, pictureUrl } from '../pictures.ts'
import type { ContentPart, ImageLinkPart, ImagePart, TextPart } from '../task.ts'

const textPart = z.object({ type: z.literal('text'), text: z.string() })
const refusalPart = z.object({ type: z.literal('refusal'), refusal: z.string() })
const imagePart = z.object({
  type: z.literal('image_url'),
  image_url: z.union([z.string().transform((url) => ({ url })), z.object({ url: z.string() })]),
})
/** Sound, files, and whatever comes next. */
const otherPart = z.object({ type: z.string() })

const parts = z.array(z.union([textPart, refusalPart, imagePart, otherPart])).max(maxMessages)
/** What a message says: a text, or parts. */
export const content = z.union([z.string(), parts]).nullish()
type Content = z.infer<typeof content>

/** The text and the pictures of a message. */
export function readContent(given: Content): ContentPart[] {
  if (given === null || given === undefined || typeof given === 'string') return textParts(given)
  return given.flatMap((part): ContentPart[] => {
    if ('text' in part) return textParts(part.text)
    if ('refusal' in part) return textParts(part.refusal)
    if (!('image_url' in part)) throw untranslatable(`A part of the kind “${part.type.slice(0, 40)}”`)
    return [readPicture(part.image_url.url)]
  })
}

/** The same where there is no place for pictures. */
export function readText(given: Content): TextPart[] {
  return readContent(given).map((part) => {
    if (part.type === 'text') return part
    throw untranslatable('A picture that is not of the user')
  })
}

export function readPicture(url: string): ImagePart | ImageLinkPart {
  const found = pictureAt(url)
  if (found === null) throw untranslatable('A picture that is neither inside the request nor behind http')
  return found
}

/** One text as it is, so that engines which know nothing else understand it; else parts. */
export function writeContent(given: readonly ContentPart[]): unknown {
  const [first, ...others] = given
  if (first === undefined) return ''
  if (first.type === 'text' && others.length === 0) return first.text
  return given.map((part) =>
    part.type === 'text' ? { type: 'text', text: part.text } : { type: 'image_url', image_url: { url: pictureUrl(part) } },
  )
}
