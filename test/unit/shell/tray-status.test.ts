import { expect, test } from 'vitest'
import type { Snapshot } from '../../../electron/contract/snapshot.ts'
import { stateSentence } from '../../../electron/shell/tray-status.ts'
import { trayTooltip } from '../../../electron/shell/tray-tooltip.ts'
import { byId, sampleMesh, samplePeer, sampleRequest, sampleSnapshot, sampleWarning } from '../../fakes/sample-snapshot.ts'

const maple = byId(sampleMesh('Maple Street', { members: 9, online: 7 }))
const warnings = (...list: ReturnType<typeof sampleWarning>[]) => Object.fromEntries(list.map((warning) => [warning.code, warning]))

test.each<[Parameters<typeof sampleSnapshot>[0], string, string]>([
  [{ node: { state: 'starting' } }, 'Starting', 'Free Compute Node: starting'],
  [{ node: { state: 'online' }, meshes: maple }, 'Online', 'Free Compute Node: online, 7 of 9 members'],
  [{ node: { state: 'online' } }, 'Online', 'Free Compute Node: online'],
  [{ node: { state: 'alone' } }, 'Alone, no peers yet', 'Free Compute Node: alone, no peers yet'],
  [
    { node: { state: 'alone' }, peers: byId(samplePeer('nas', { state: 'offline' })) },
    'Alone, no peer answers',
    'Free Compute Node: alone, no peer answers',
  ],
  [
    { node: { state: 'attention' }, requests: byId(sampleRequest('lena-dock')) },
    'Online, one request waits',
    'Free Compute Node: online, one request waits',
  ],
  [
    {
      node: { state: 'attention' },
      health: warnings(sampleWarning('AI has no engine'), sampleWarning('Port 3000 is taken', { severity: 'error' })),
    },
    'Online, port 3000 is taken',
    'Free Compute Node: online, port 3000 is taken',
  ],
  [
    { node: { state: 'attention' }, health: warnings(sampleWarning('AI has no engine')) },
    'Online, AI has no engine',
    'Free Compute Node: online, AI has no engine',
  ],
  [{ node: { state: 'paused' } }, 'Sharing is paused', 'Free Compute Node: sharing is paused'],
  [
    { node: { state: 'error' }, health: warnings(sampleWarning('The key cannot be read')) },
    'Stopped, the key cannot be read',
    'Free Compute Node: stopped, the key cannot be read',
  ],
])('%j', (about, sentence, tooltip) => {
  const snapshot: Snapshot = sampleSnapshot(about)
  expect(stateSentence(snapshot)).toBe(sentence)
  expect(trayTooltip(snapshot)).toBe(tooltip)
})

test('a tooltip fits where Windows shows it', () => {
  const health = warnings(sampleWarning('x'.repeat(200)))
  const tooltip = trayTooltip(sampleSnapshot({ node: { state: 'attention' }, health }))
  expect(tooltip).toHaveLength(127)
  expect(tooltip).toMatch(/x…$/)
})
