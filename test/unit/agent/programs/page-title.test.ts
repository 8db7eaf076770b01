import { expect, it } from 'vitest'
import { pageTitle } from '../../../../electron/agent/programs/page-title.ts'

it('a page is called as it calls itself, in one line and without disguise', () => {
  expect(pageTitle('<!doctype html><head><TITLE lang="en">\n  Mia &amp; Oskar&#39;s  photos\n</title>')).toBe("Mia & Oskar's photos")
  expect(pageTitle(`<title>a\u202Eb\u0007c</title>`)).toBe('a b c')
  expect(pageTitle(`<title>${'x'.repeat(400)}</title>`)).toHaveLength(100)
  for (const html of ['', '<title></title>', '<p>no title</p>', '<title>&nbsp;</title>']) expect(pageTitle(html)).toBeNull()
})
