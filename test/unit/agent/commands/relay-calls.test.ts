import { describe, expect, it } from 'vitest'
import { relayCalls } from '../../../../electron/agent/commands/relay-calls.ts'
import { notAdmin } from '../../../../electron/agent/relay/hub-roles.ts'
import { defaultHubLimits, type HubView } from '../../../../electron/contract/relay.ts'
import type { MeshView } from '../../../../electron/contract/snapshot.ts'
import { createMemoryAudit } from '../../../fakes/memory-audit.ts'

const home: MeshView = {
  ...{
    id: 'HOME',
    name: 'Home',
    role: 'admin',
    joinedAt: 0,
    members: 1,
    online: 1,
    admins: 1,
    hasRootKey: false,
    recoveryExportedAt: null,
  },
}

function calls({ refuses = false } = {}) {
  const audit = createMemoryAudit()
  let view: HubView = {
    ...{ id: 'HOME', on: false, whyNot: null, limits: defaultHubLimits, spokes: 0, pairs: 0, bytesPerSecond: 0, bytesThisMonth: 0 },
  }
  const relay = {
    hubs: () => [view],
    tunnels: () => [],
    setHub(_mesh: string, { on, limits }: { on?: boolean | undefined; limits?: object | undefined }) {
      if (refuses) throw notAdmin()
      view = { ...view, on: on ?? view.on, limits: { ...view.limits, ...limits } }
      return view
    },
  }
  const handlers = relayCalls({ relay, membership: { meshes: () => [home] }, audit, self: () => ({ id: 'ME', name: 'anna' }) })
  return { handlers, audit }
}

describe('the calls about hubs', () => {
  it('switch it on and off by the name of the mesh, and write down who did', async () => {
    const { handlers, audit } = calls()
    expect(await handlers['hub.set']({ mesh: 'Home', on: true })).toMatchObject({ id: 'HOME', on: true })
    expect(await handlers['hub.list']({})).toMatchObject([{ on: true }])
    await handlers['hub.set']({ mesh: 'HOME', on: true })
    await handlers['hub.set']({ mesh: 'HOME', on: false })
    expect(audit.actions()).toEqual(['hub.on', 'hub.off'])
    expect(audit.recorded[0]).toMatchObject({ actor: 'anna', actorId: 'ME', subject: 'Home', subjectId: 'HOME', outcome: 'ok' })
  })

  it('write down other limits', async () => {
    const { handlers, audit } = calls()
    await handlers['hub.set']({ mesh: 'HOME', on: true, limits: { members: 5 } })
    await handlers['hub.set']({ mesh: 'HOME', limits: { members: 6 } })
    expect(audit.recorded.map(({ details }) => details)).toMatchObject([{ limits: { members: 5 } }, { limits: { members: 6 } }])
  })

  it('write nothing down that was refused', () => {
    const { handlers, audit } = calls({ refuses: true })
    expect(() => handlers['hub.set']({ mesh: 'HOME', on: true })).toThrow(expect.objectContaining({ code: 'not_admin' }))
    expect(() => handlers['hub.set']({ mesh: 'WORK', on: true })).toThrow(expect.objectContaining({ code: 'not_found' }))
    expect(audit.recorded).toEqual([])
  })
})
