import { english } from '../../renderer/i18n/en/catalogue.ts'

/** A catalogue as data, with other texts in the places of the English ones. */
export interface PseudoTexts {
  [key: string]: string | string[] | PseudoTexts
}

/** Blanks and tags, which stay as they are. */
const kept = /(\{\{\w+\}\}|<\/?\w+>)/u

const accents: Readonly<Record<string, string>> = {
  ...{ a: 'á', b: 'ƀ', c: 'ç', d: 'ð', e: 'é', f: 'ƒ', g: 'ĝ', h: 'ĥ', i: 'î', j: 'ĵ', k: 'ķ', l: 'ļ', m: 'ɱ', n: 'ñ', o: 'ö', p: 'þ' },
  ...{ q: 'ǫ', r: 'ŕ', s: 'š', t: 'ţ', u: 'û', v: 'ṽ', w: 'ŵ', x: 'ẋ', y: 'ý', z: 'ž' },
}

const accented = (text: string) =>
  text.replaceAll(/[a-z]/giu, (letter) => {
    const made = accents[letter.toLowerCase()] ?? letter
    return letter === letter.toLowerCase() ? made : made.toUpperCase()
  })

/** Words that make a text `share` longer, as a translation would: none is longer than what it stands for. */
function filling(text: string, share: number): string {
  const wanted = Math.ceil(text.replaceAll(/\{\{\w+\}\}|<\/?\w+>/gu, '').length * share)
  return Array.from({ length: wanted }, (_, index) => (index % 7 === 0 && index < wanted - 1 ? ' ' : 'ö')).join('')
}

/** A text 40 % longer, with accents above and below the letters, in brackets that show where it begins and ends. */
export const longText = (text: string): string =>
  text === ''
    ? ''
    : `[${text
        .split(kept)
        .map((part) => (kept.test(part) ? part : accented(part)))
        .join('')}${filling(text, 0.4)}]`

/** A text of the same words that runs from right to left, 40 % longer. */
export const mirroredText = (text: string): string =>
  text === ''
    ? ''
    : `${text
        .split(kept)
        .map((part) => (kept.test(part) ? part : hebrew(part)))
        .join('')}${filling(text, 0.4).replaceAll('ö', 'ש')}`

/** Letters of a script that is written from right to left, in the places of Latin ones. */
const hebrew = (text: string) =>
  text.replaceAll(/[a-z]/giu, (letter) => 'אבגדהוזחטיכלמנסעפצקרשת'.charAt(letter.toLowerCase().charCodeAt(0) % 22))

/** The English catalogue with every text but the name of the product made anew, and with the plural forms of a language that has all of them. */
export const pseudoTexts = (make: (text: string) => string): PseudoTexts => made(english as unknown as PseudoTexts, make)

function made(texts: PseudoTexts, make: (text: string) => string): PseudoTexts {
  const own = Object.entries(texts).map(([key, value]): [string, PseudoTexts[string]] => [
    key,
    key === 'product' ? value : typeof value === 'string' ? make(value) : Array.isArray(value) ? value.map(make) : made(value, make),
  ])
  const forms = own.flatMap(([key, value]) =>
    key.endsWith('_other')
      ? ['two', 'few', 'many'].map((form): [string, PseudoTexts[string]] => [key.replace(/other$/u, form), value])
      : [],
  )
  return Object.fromEntries([...forms, ...own])
}
