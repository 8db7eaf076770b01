/**
 * Text as a terminal shows it. Names come from other machines, so nothing that could move the cursor, change colours
 * or turn the reading direction may reach the screen.
 */
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

/** `text` on one line, with every control and bidi override character replaced by �. */
export const printable = (text: string): string => text.replace(unprintable, '\ufffd')

/** The same for a text of several lines. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n')

/** JSON that says the same to a program and does nothing to a terminal: such characters are written as escapes. */
export function printableJson(document: unknown, indent = 0): string {
  const escaped = (character: string) => (character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return JSON.stringify(document, null, indent).replace(unprintable, escaped)
}

const segmenter = new Intl.Segmenter()
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u
const markOnly = /^\p{Mark}+$/u

/** Columns that `text` takes: two for East Asian wide characters and emoji (Unicode UAX #11), none for lone marks. */
export function displayWidth(text: string): number {
  let width = 0
  for (const { segment } of segmenter.segment(text)) {
    if (markOnly.test(segment)) continue
    width += wide.test(segment) ? 2 : 1
  }
  return width
}
