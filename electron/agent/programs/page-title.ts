/** Longest name that is shown, characters. */
const longest = 100

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** The title of a page of HTML in one line, without control characters, at most 100 characters; null when it has none. */
export function pageTitle(html: string): string | null {
  const title = /<title[^>]*>([^<]{1,500})/iu.exec(html)?.[1] ?? ''
  const text = title
    .replaceAll(/&(\w+);/gu, (whole, name: string) => entities[name.toLowerCase()] ?? whole)
    .replaceAll(/&#(\d{1,6});/gu, (whole, code: string) => (Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : whole))
    // a program could disguise its name with characters that turn the line round
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
  return text === '' ? null : text.slice(0, longest)
}
