import { afterEach, describe, expect, it } from 'vitest'
import type { Snapshot } from '../../../../electron/contract/snapshot.ts'
import { CallError } from '../../../../renderer/bridge/bridge.ts'
import { createHttpBridge } from '../../../../renderer/bridge/http-bridge.ts'
import { type Link, startSync } from '../../../../renderer/bridge/sync.ts'
import { type Answers, startPageServer } from '../../../fakes/page-server.ts'
import { aPeer, idFor } from '../../../fixtures/household-peers.ts'
import { firstRun } from '../../../fixtures/snapshot.ts'

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function open(answers: Answers = {}) {
  const server = await startPageServer('.', firstRun(), answers)
  stops.push(() => server.stop())
  return { server, bridge: createHttpBridge({ base: server.url.slice(0, -1) }) }
}

describe('the bridge over HTTP', () => {
  it('passes on the agent’s own failure', async () => {
    const error = { code: 'forbidden', message: 'Not here.', action: 'Ask.' } as const
    const { bridge } = await open({ 'key.show': { error } })
    await expect(bridge.call('key.show', {})).rejects.toMatchObject({ failure: error })
  })

  it('refuses an answer that does not fit the contract', async () => {
    const { bridge } = await open({ 'key.show': { wrong: true } as never })
    await expect(bridge.call('key.show', {})).rejects.toMatchObject({ failure: { code: 'bad_answer' } })
  })

  it('says that the node does not answer when nothing listens', async () => {
    const { server, bridge } = await open()
    await server.stop()
    stops.length = 0
    const failed = bridge.call('key.show', {})
    await expect(failed).rejects.toBeInstanceOf(CallError)
    await expect(failed).rejects.toMatchObject({ failure: { code: 'not_running' } })
  })

  it('follows changes, and a restart of the agent, by itself', async () => {
    const { server, bridge } = await open()
    const links: Link['kind'][] = []
    const waiters: { fits: (snapshot: Snapshot) => boolean; found: () => void }[] = []
    const until = (fits: (snapshot: Snapshot) => boolean) => new Promise<void>((found) => waiters.push({ fits, found }))
    const first = until(({ revision }) => revision === 1)
    stops.unshift(
      startSync(bridge, {
        onSnapshot: (snapshot) => waiters.filter(({ fits }) => fits(snapshot)).forEach(({ found }) => found()),
        onLink: ({ kind }) => links.push(kind),
      }),
    )
    await first
    const changed = until(({ peers }) => idFor('attic-nas') in peers)
    server.change({ peers: { [idFor('attic-nas')]: aPeer('attic-nas') } })
    await changed
    const restarted = until(({ epoch }) => epoch === 'e2')
    server.restart({ ...firstRun(), epoch: 'e2', revision: 0 })
    await restarted
    expect(links).toContain('reconnecting')
  })
})
