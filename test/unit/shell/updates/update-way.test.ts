import { expect, it } from 'vitest'
import { updateWay } from '../../../../electron/shell/updates/update-way.ts'

const copy = { platform: 'linux', packaged: true, env: {}, hasKey: true, hasSource: true, packageType: null } as const

it.each([
  ['an AppImage', { env: { APPIMAGE: '/home/mia/fcn.AppImage' } }, 'itself'],
  ['a deb', { packageType: 'deb' }, 'package'],
  ['an rpm', { packageType: 'rpm' }, 'package'],
  ['a folder that was unpacked', {}, 'portable'],
  ['an installed app on Windows', { platform: 'win32' }, 'itself'],
  ['a portable one', { platform: 'win32', env: { PORTABLE_EXECUTABLE_FILE: 'E:\\fcn.exe' } }, 'portable'],
  ['an app on macOS', { platform: 'darwin' }, 'itself'],
] as const)('%s', (_name, facts, way) => {
  expect(updateWay({ ...copy, ...facts })).toBe(way)
})

it('without the key of its makers, or a place to ask, nothing replaces itself', () => {
  for (const platform of ['linux', 'win32', 'darwin'] as const) {
    expect(updateWay({ ...copy, platform, env: { APPIMAGE: '/a' }, hasKey: false })).toBe('unsigned')
    expect(updateWay({ ...copy, platform, env: { APPIMAGE: '/a' }, hasSource: false })).toBe('unsigned')
  }
})

it('what runs from its source is updated there', () => {
  expect(updateWay({ ...copy, packaged: false })).toBe('checkout')
})
