import type { Page } from 'playwright-core'
import type { GroupId } from '../../renderer/features/settings/entries.ts'
import { network } from '../fixtures/discovery.ts'
import { calm, firstRun } from '../fixtures/snapshot.ts'
import { installed } from '../fixtures/updates.ts'
import { press, type Shot } from './shot.ts'

const changed = () => {
  const state = calm({ network })
  const settings = { ...state.settings, theme: 'dark' as const, auditDays: 90, lookAround: false, port: 3005 }
  return { ...state, settings, node: { ...state.node, restartFor: ['port' as const] } }
}

const group = (id: GroupId): Shot => ({ name: `settings-group-${id}`, state: calm({ network }), path: `#/settings/${id}` })

const typed = (label: string, text: string, until: string) => async (page: Page) => {
  await page.getByRole('textbox', { name: label, exact: true }).fill(text)
  await page.getByText(until).first().waitFor()
}

/** Settings by group and state, diagnostics, about, and the services. */
export const settingsShots: Shot[] = [
  ...(['general', 'network', 'discovery', 'access', 'security', 'records', 'exchange', 'help'] as const).map(group),
  { name: 'settings-changed', state: changed(), path: '#/settings' },
  { name: 'settings-reset', state: changed(), path: '#/settings', act: (page) => press(page, 'Reset all settings…') },
  { name: 'settings-found', state: calm({ network }), path: '#/settings?find=key' },
  { name: 'settings-nothing', state: calm(), path: '#/settings?find=quux' },
  {
    name: 'settings-port-taken',
    state: calm({ network }),
    path: '#/settings/network',
    act: typed('Port', '3000', 'has port 3000'),
  },
  {
    name: 'settings-not-allowed',
    state: calm({ network }),
    path: '#/settings/records',
    act: typed('Keep the activity log for days', '0', 'A number from 1 to 3650.'),
  },
  {
    name: 'settings-undo',
    state: calm(),
    path: '#/settings',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Name of this computer' }).fill('studio')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Undo' }).waitFor()
    },
  },
  { name: 'settings-key', state: calm(), path: '#/settings/access', act: (page) => press(page, 'Show key') },
  {
    name: 'diagnostics',
    state: calm(),
    path: '#/diagnostics',
    act: (page) => page.getByText('Last lines of the log').waitFor(),
  },
  {
    name: 'diagnostics-search',
    state: calm(),
    path: '#/diagnostics',
    act: (page) => page.getByRole('searchbox', { name: 'Search in it' }).fill('port'),
  },
  {
    name: 'diagnostics-failed',
    state: calm(),
    path: '#/diagnostics',
    answers: {
      'diagnostics.collect': { error: { code: 'internal', message: 'Something went wrong inside this node.', action: 'Look at its log.' } },
    },
  },
  {
    name: 'about-update-ready',
    state: calm({ updates: installed({ state: 'ready', version: '1.4.0', waitsFor: 'window' }) }),
    path: '#/about',
    act: (page) => page.getByText('free libraries').waitFor(),
  },
  {
    name: 'about-update-failed',
    state: calm({ updates: installed({ state: 'failed', version: '1.4.0', problem: 'sha512 checksum mismatch' }) }),
    path: '#/about',
    act: (page) => page.getByText('free libraries').waitFor(),
  },
  { name: 'about', state: calm(), path: '#/about', act: (page) => page.getByText('free libraries').waitFor() },
  {
    name: 'about-licence',
    state: calm(),
    path: '#/about',
    act: async (page) => {
      await page.getByRole('searchbox').fill('react')
      await press(page, /^Licence of react,/u)
      await page.getByRole('searchbox').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'services-share',
    state: calm(),
    path: '#/services',
    act: async (page) => {
      await press(page, 'Find programs that run here', 'Jellyfin, port 8096')
      await page.getByText('A web page answers: Jellyfin.').waitFor()
    },
  },
  { name: 'services-empty', state: firstRun(), path: '#/services' },
]
