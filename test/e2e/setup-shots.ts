import type { AutostartView } from '../../electron/contract/autostart.ts'
import { defaultLimits } from '../../electron/contract/routing.ts'
import type { SetupPage, SetupState } from '../../electron/contract/setup.ts'
import type { Snapshot } from '../../electron/contract/snapshot.ts'
import { discovered, network } from '../fixtures/discovery.ts'
import { fixtureTime, maple } from '../fixtures/household-peers.ts'
import { firstRun } from '../fixtures/snapshot.ts'
import { joinView } from '../fixtures/views.ts'
import { press, type Shot } from './shot.ts'

const at = (page: SetupPage, more: Partial<Snapshot> = {}, state: SetupState = 'open') => firstRun({ setup: { state, page }, ...more })
const face = (face: 'desktop' | 'headless', os: string) => ({ node: { ...firstRun().node, face, os } })
const alone = { [maple.id]: { ...maple, role: 'admin' as const, members: 1, online: 1 } }
const found = { 'capability.find': [{ name: 'ai' as const, backend: 'http://127.0.0.1:11434', detail: 'Ollama, 4 models' }] }
const waiting = joinView({ state: 'waiting', approver: { id: 'X', name: 'cellar-nas' }, mesh: null, createdAt: fixtureTime - 60_000 })

const on: AutostartView = { supported: true, enabled: false, why: null, recipe: null }
const byHand: AutostartView = {
  supported: false,
  enabled: false,
  why: 'Without a desktop there is no login that this program could start at: the system starts it as a service.',
  recipe: {
    system: 'systemd',
    file: '~/.config/systemd/user/free-compute-node.service',
    text: '[Unit]\nDescription=Free Compute Node\n\n[Service]\nExecStart="/usr/bin/node" "/opt/free-compute-node/headless.js" "--data" "/var/lib/fcn"\nRestart=on-failure\nRestartSec=10\n\n[Install]\nWantedBy=default.target\n',
    commands: ['systemctl --user daemon-reload', 'systemctl --user enable free-compute-node', 'loginctl enable-linger'],
  },
}
const desktop = { 'autostart.get': on }

const sharing: Snapshot['capabilities'] = {
  ...firstRun().capabilities,
  ai: {
    ...(firstRun().capabilities['ai'] as Snapshot['capabilities'][string]),
    ...{
      enabled: true,
      state: 'ready',
      backend: 'http://127.0.0.1:11434',
      detail: '4 models',
      checkedAt: fixtureTime,
      limits: defaultLimits,
    },
  },
}

/** Each page of the setup, and what it leaves on the Overview. */
export const setupShots: Shot[] = [
  { name: 'setup-1-computer', state: at('computer') },
  { name: 'setup-2-mesh-found', state: at('mesh', { network, discovered }) },
  { name: 'setup-2-mesh-nobody', state: at('mesh', { network, discovered: {} }) },
  { name: 'setup-2-mesh-waiting', state: at('mesh', { joins: { [waiting.id]: waiting } }) },
  { name: 'setup-2-mesh-made', state: at('mesh', { meshes: alone }) },
  {
    name: 'setup-2-mesh-invite',
    state: at('mesh'),
    async act(page) {
      await page.getByRole('radio', { name: /^Join with an invite/ }).check()
      await press(page, 'Use the invite…')
    },
  },
  { name: 'setup-3-share', state: at('share', { meshes: alone }), answers: found },
  { name: 'setup-3-share-on', state: at('share', { meshes: alone, capabilities: sharing }), answers: found },
  { name: 'setup-4-start-windows', state: at('start', face('desktop', 'Windows 11 Pro')), answers: desktop },
  { name: 'setup-4-start-linux', state: at('start', face('desktop', 'Debian GNU/Linux 12')), answers: desktop },
  { name: 'setup-4-start-headless', state: at('start', face('headless', 'Debian GNU/Linux 12')), answers: { 'autostart.get': byHand } },
  { name: 'setup-5-ready', state: at('ready', { meshes: alone, capabilities: sharing }), answers: desktop },
  { name: 'setup-5-ready-waiting', state: at('ready', { joins: { [waiting.id]: waiting } }), answers: desktop },
  { name: 'setup-left', state: at('share', {}, 'left') },
  { name: 'setup-settings', state: at('ready', {}, 'finished'), path: '#/settings', answers: desktop },
]
