import { describe, expect, it } from 'vitest'
import type { CallOutput } from '../../../../electron/contract/calls.ts'
import { type Change, diffSnapshots } from '../../../../electron/contract/patch.ts'
import type { Snapshot } from '../../../../electron/contract/snapshot.ts'
import type { Bridge, LinkStatus } from '../../../../renderer/bridge/bridge.ts'
import { openStateStore } from '../../../../renderer/store/state-store.ts'
import { aPeer } from '../../../fixtures/household-peers.ts'
import { firstRun } from '../../../fixtures/snapshot.ts'
import { turns } from '../../../support/turns.ts'

/** An agent whose state moves when the test says so, or when it is called. */
function createAgent() {
  let state: Snapshot = firstRun()
  let stream: { onChange: (change: Change) => void; onStatus: (status: LinkStatus) => void } | null = null
  const move = () => {
    const next = { ...state, revision: state.revision + 1, peers: { only: aPeer('only', { lastSeen: state.revision }) } }
    const patches = diffSnapshots(state, next)
    state = next
    stream?.onChange({ epoch: state.epoch, revision: state.revision, patches })
  }
  const bridge: Bridge = {
    call: async (name) => {
      if (name !== 'snapshot.get') move()
      return state as CallOutput<typeof name>
    },
    subscribe(onChange, onStatus) {
      stream = { onChange, onStatus }
      onStatus({ kind: 'open', epoch: state.epoch, revision: state.revision })
      return () => {
        stream = null
      }
    },
  }
  return {
    bridge,
    move,
    open: () => stream?.onStatus({ kind: 'open', epoch: state.epoch, revision: state.revision }),
    drop: () => stream?.onStatus({ kind: 'lost' }),
    revision: () => state.revision,
  }
}

describe('what the window shows of the node', () => {
  async function setUp() {
    const agent = createAgent()
    let now = 0
    let due: (() => void) | null = null
    const pace = {
      now: () => now,
      later(run: () => void) {
        due = run
        return () => {
          due = null
        }
      },
    }
    let wall = 5_000
    const opened = openStateStore(agent.bridge, { pace, now: () => wall })
    await turns(3)
    let drawn = 0
    opened.store.subscribe(() => drawn++)
    const shown = () => opened.store.getState().snapshot?.revision
    const passTime = () => {
      now += 1_000
      due?.()
    }
    return { agent, ...opened, shown, drawn: () => drawn, passTime, setWall: (at: number) => void (wall = at) }
  }

  it('is the state after fifty changes, drawn once and not fifty times', async () => {
    const { agent, shown, drawn, passTime } = await setUp()
    for (let i = 0; i < 50; i++) agent.move()
    expect(drawn()).toBe(0)
    passTime()
    expect(shown()).toBe(agent.revision())
    expect(drawn()).toBe(1)
  })

  it('is a change at once when nothing else changed just before', async () => {
    const { agent, shown, passTime } = await setUp()
    passTime()
    agent.move()
    expect(shown()).toBe(agent.revision())
  })

  it('is what a call has changed, before its answer', async () => {
    const { agent, call, shown } = await setUp()
    agent.move()
    await call('key.rotate', {})
    expect(shown()).toBe(agent.revision())
  })

  it('is the last that came, before it says that the node is away', async () => {
    const { agent, store, shown } = await setUp()
    agent.move()
    agent.drop()
    expect(shown()).toBe(agent.revision())
    expect(store.getState().link.kind).toBe('reconnecting')
  })

  it('knows since when the node is away, and forgets it once it is back', async () => {
    const { agent, store, setWall } = await setUp()
    expect(store.getState().lostAt).toBeNull()
    agent.drop()
    setWall(9_000)
    agent.drop()
    expect(store.getState().lostAt).toBe(5_000)
    agent.open()
    await turns(5)
    expect(store.getState()).toMatchObject({ link: { kind: 'live' }, lostAt: null })
  })
})
