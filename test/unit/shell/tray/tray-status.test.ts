import { expect, test } from 'vitest'
import type { Snapshot } from '../../../../electron/contract/snapshot.ts'
import { stateSentence } from '../../../../electron/shell/tray/tray-status.ts'
import { trayTooltip } from '../../../../electron/shell/tray/tray-tooltip.ts'
import { byId, meshNamed, peerNamed, requestNamed, firstSnapshot, warningNamed } from '../../../fixtures/named-views.ts'
import { pausedFrom } from '../../../fixtures/sharing.ts'

const now = new Date(2026, 10, 22, 9, 41).getTime()
const maple = byId(meshNamed('Maple Street', { members: 9, online: 7 }))
const warnings = (...list: ReturnType<typeof warningNamed>[]) => Object.fromEntries(list.map((warning) => [warning.code, warning]))

test.each<[Parameters<typeof firstSnapshot>[0], string, string]>([
  [{ node: { state: 'starting' } }, 'Starting', 'Free Compute Node: starting'],
  [{ node: { state: 'online' }, meshes: maple }, 'Online', 'Free Compute Node: online, 7 of 9 members'],
  [{ node: { state: 'online' } }, 'Online', 'Free Compute Node: online'],
  [{ node: { state: 'alone' } }, 'Alone, no peers yet', 'Free Compute Node: alone, no peers yet'],
  [
    { node: { state: 'alone' }, peers: byId(peerNamed('nas', { state: 'offline' })) },
    'Alone, no peer answers',
    'Free Compute Node: alone, no peer answers',
  ],
  [
    { node: { state: 'attention' }, requests: byId(requestNamed('lena-dock')) },
    'Online, one request waits',
    'Free Compute Node: online, one request waits',
  ],
  [
    {
      node: { state: 'attention' },
      health: warnings(warningNamed('AI has no engine'), warningNamed('Port 3000 is taken', { severity: 'error' })),
    },
    'Online, port 3000 is taken',
    'Free Compute Node: online, port 3000 is taken',
  ],
  [
    { node: { state: 'attention' }, health: warnings(warningNamed('AI has no engine')) },
    'Online, AI has no engine',
    'Free Compute Node: online, AI has no engine',
  ],
  [
    { node: { state: 'paused' }, sharing: pausedFrom(now, new Date(2026, 10, 22, 10, 30).getTime()) },
    'Paused until 10:30, 49 min left',
    'Free Compute Node: paused until 10:30, 49 min left',
  ],
  [
    { node: { state: 'paused' }, sharing: pausedFrom(now, new Date(2026, 10, 23, 6).getTime()) },
    'Paused until tomorrow at 6:00, 21 h left',
    'Free Compute Node: paused until tomorrow at 6:00, 21 h left',
  ],
  [{ node: { state: 'paused' }, sharing: pausedFrom(now, null) }, 'Paused until you resume', 'Free Compute Node: paused until you resume'],
  [
    { node: { state: 'error' }, health: warnings(warningNamed('The key cannot be read')) },
    'Stopped, the key cannot be read',
    'Free Compute Node: stopped, the key cannot be read',
  ],
])('%j', (about, sentence, tooltip) => {
  const snapshot: Snapshot = firstSnapshot(about)
  expect(stateSentence(snapshot, now)).toBe(sentence)
  expect(trayTooltip(snapshot, now)).toBe(tooltip)
})

test('a tooltip fits where Windows shows it', () => {
  const health = warnings(warningNamed('x'.repeat(200)))
  const tooltip = trayTooltip(firstSnapshot({ node: { state: 'attention' }, health }), now)
  expect(tooltip).toHaveLength(127)
  expect(tooltip).toMatch(/x…$/)
})
