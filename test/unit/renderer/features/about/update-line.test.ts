import { expect, it } from 'vitest'
import { updateAction, updateLine } from '../../../../../renderer/features/about/update-line.ts'
import { fromSource, installed } from '../../../../fixtures/updates.ts'

it.each([
  [installed({ lookedAt: null }), 'never', 'look'],
  [installed(), 'newest', 'look'],
  [installed({ problem: 'no route' }), 'silent', 'look'],
  [installed({ state: 'looking' }), 'looking', 'look'],
  [installed({ state: 'available', version: '1.1.0', waitsFor: 'metered' }), 'metered', 'download'],
  [installed({ way: 'package', state: 'available', version: '1.1.0' }), 'available', 'look'],
  [installed({ state: 'downloading', version: '1.1.0', percent: 3 }), 'downloading', null],
  [installed({ state: 'ready', version: '1.1.0', waitsFor: 'peers' }), 'peers', null],
  [installed({ state: 'ready', version: '1.1.0', waitsFor: 'window' }), 'window', 'install'],
  [installed({ state: 'ready', version: '1.1.0', waitsFor: 'person' }), 'person', 'install'],
  [installed({ state: 'installing', version: '1.1.0' }), 'installing', null],
  [installed({ state: 'failed', version: '1.1.0', problem: 'no room' }), 'failed', 'look'],
  [fromSource, null, null],
  [installed({ way: 'unsigned' }), null, null],
] as const)('%o', (view, line, action) => {
  expect(updateLine(view)).toBe(line)
  expect(updateAction(view)).toBe(action)
})
