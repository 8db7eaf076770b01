import fc from 'fast-check'
import { join, resolve, sep } from 'node:path'
import { expect, test } from 'vitest'
import { fileOfUrl } from '../../../electron/shell/app-protocol.ts'

const root = resolve('/opt/page')

test.each([
  ['app://fcn/', 'index.html'],
  ['app://fcn/#/peers', 'index.html'],
  ['app://fcn/index.html?x=1#y', 'index.html'],
  ['app://fcn/assets/index-a1.js', join('assets', 'index-a1.js')],
  ['app://fcn/a%20b.js', 'a b.js'],
])('%s is %s', (url, file) => {
  expect(fileOfUrl(url, root)).toBe(join(root, file))
})

test.each([
  'https://fcn/index.html',
  'app://evil/index.html',
  'app://fcn.evil/index.html',
  'app://fcn/..%2fsecret.json',
  'app://fcn/%2e%2e%2f%2e%2e%2fetc/passwd.txt',
  'app://fcn/..%5csecret.json',
  'app://fcn/a%00.js',
  'app://fcn/%',
  'no address',
])('%s is no file', (url) => {
  expect(fileOfUrl(url, root)).toBeNull()
})

test('no address leads out of the folder', () => {
  const piece = fc.constantFrom('..', '.', '/', '%2e', '%2f', '%5c', '\\', 'a', '.js', '%00', '%25', '//', ':')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const file = fileOfUrl(`app://fcn/${pieces.join('')}`, root)
      expect(file === null || file.startsWith(root + sep)).toBe(true)
    }),
  )
})
