import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../../../../electron/contract/routing.ts'
import { defaultConditions, type SharingConditions } from '../../../../../electron/contract/sharing.ts'
import type { CapabilityView, GrantRule } from '../../../../../electron/contract/snapshot.ts'
import { useLimitLines } from '../../../../../renderer/features/capabilities/use-limit-lines.ts'
import { createI18n } from '../../../../../renderer/i18n/i18n.ts'
import { capabilityView } from '../../../../fixtures/views.ts'

interface Said {
  capability: CapabilityView
  rules: GrantRule[]
}

const streets = ['Maple Street', 'Film club']

function Lines({ capability, rules }: Said) {
  const access = rules.map((rule, i) => ({ mesh: { id: String(i), name: streets[i] ?? '' }, rule, exceptions: 0 }))
  return useLimitLines()(capability, access).join('\n')
}

async function linesOf(change: Partial<CapabilityView>, rules: GrantRule[] = []): Promise<string[]> {
  const i18n = await createI18n(['en-GB'])
  const text = renderToStaticMarkup(
    <I18nextProvider i18n={i18n}>
      <Lines capability={capabilityView(change)} rules={rules} />
    </I18nextProvider>,
  )
  return text.split('\n')
}

const under = (conditions: Partial<SharingConditions>) => linesOf({ conditions: { ...defaultConditions, ...conditions } })

describe('the limits on a card', () => {
  it('leave out what restricts nothing', async () => {
    expect(await linesOf({})).toEqual(['At most 256 requests at once'])
    expect(await linesOf({}, ['all', 'all'])).toEqual(['At most 256 requests at once'])
  })

  it('are in units people know', async () => {
    expect(await linesOf({ limits: { ...defaultLimits, concurrent: 1, bandwidthPerPeer: 2_500_000 } })).toEqual([
      'One request at a time',
      'At most 20 Mbit/s per peer',
    ])
    expect((await under({ keepFreeDisk: 50e9, processorBelow: 60, keepFreeMemory: 8e9 })).slice(1)).toEqual([
      '50 GB of disk left free · Processor at most 60% busy · 8 GB of memory left free',
    ])
  })

  it('say when, with days only where they are not all', async () => {
    const hours = { from: 22 * 60, until: 7 * 60, days: [0, 1, 2, 3, 4, 5, 6] }
    expect((await under({ whileInUse: false, onBattery: false, hours })).slice(1)).toEqual([
      'Only when idle for 5 min · Not on battery · 22:00 to 07:00 the next day',
    ])
    expect((await under({ hours: { from: 540, until: 1020, days: [1, 2, 3, 4, 5, 0] } })).at(-1)).toBe('09:00 to 17:00, Mon–Fri and Sun')
  })

  it('name the meshes in which not everybody may', async () => {
    expect((await linesOf({}, ['admins', 'nobody'])).slice(1)).toEqual(['Admins: Maple Street', 'Nobody: Film club'])
    expect((await linesOf({}, ['all', 'nobody'])).slice(1)).toEqual(['Nobody: Film club'])
  })
})
