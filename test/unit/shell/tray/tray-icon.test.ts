import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nodeState } from '../../../../electron/contract/snapshot.ts'
import { trayIcon } from '../../../../electron/shell/tray/tray-icon.ts'

const assets = join(import.meta.dirname, '../../../../assets/tray')

test('every state has an image on every system and panel', () => {
  for (const state of nodeState.options)
    for (const platform of ['darwin', 'win32', 'linux'] as const)
      for (const dark of [false, true]) expect(existsSync(join(assets, trayIcon(state, { platform, dark })))).toBe(true)
})

test('macOS colours its own, others follow the panel', () => {
  expect(trayIcon('online', { platform: 'darwin', dark: true })).toBe(join('mono', 'onlineTemplate.png'))
  expect(trayIcon('online', { platform: 'win32', dark: false })).toBe(join('color-on-light', 'online.png'))
  expect(trayIcon('online', { platform: 'linux', dark: true })).toBe(join('color-on-dark', 'online-24.png'))
})

test('GNOME’s bar is dark under a light theme too', () => {
  expect(trayIcon('alone', { platform: 'linux', dark: false, desktop: 'ubuntu:GNOME' })).toBe(join('color-on-dark', 'alone-24.png'))
  expect(trayIcon('alone', { platform: 'linux', dark: false, desktop: 'KDE' })).toBe(join('color-on-light', 'alone-24.png'))
})
