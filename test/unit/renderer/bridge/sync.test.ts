import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CallOutput } from '../../../../electron/contract/calls.ts'
import { type Change, diffSnapshots } from '../../../../electron/contract/patch.ts'
import type { Snapshot } from '../../../../electron/contract/snapshot.ts'
import { type Bridge, CallError, type LinkStatus } from '../../../../renderer/bridge/bridge.ts'
import { type Link, startSync } from '../../../../renderer/bridge/sync.ts'
import { aPeer } from '../../../fixtures/household-peers.ts'
import { firstRun } from '../../../fixtures/snapshot.ts'

/** An agent whose stream and answers move only when the test says so. */
function createSlowAgent() {
  let state = firstRun()
  let run = 1
  let stream: { onChange: (change: Change) => void; onStatus: (status: LinkStatus) => void } | null = null
  let connected = false
  let queue: Change[] = []
  let asked: ((how: 'answer' | 'fail') => void)[] = []

  const bridge: Bridge = {
    call: (name) =>
      new Promise((resolve, reject) => {
        expect(name).toBe('snapshot.get')
        // The state is read when the agent gets round to it, anywhere between question and answer.
        asked.push((how) =>
          how === 'answer'
            ? resolve(state as CallOutput<typeof name>)
            : reject(new CallError({ code: 'not_running', message: 'The node does not answer.' })),
        )
      }),
    subscribe(onChange, onStatus) {
      stream = { onChange, onStatus }
      return () => {
        stream = null
      }
    },
  }

  const agent = {
    bridge,
    get state() {
      return state
    },
    connect() {
      if (connected) return
      connected = true
      queue = []
      stream?.onStatus({ kind: 'open', epoch: state.epoch, revision: state.revision })
    },
    drop() {
      if (!connected) return
      connected = false
      queue = []
      stream?.onStatus({ kind: 'lost' })
    },
    /** One step of the agent's state: a peer comes, changes or goes. */
    mutate(name: string, gone: boolean) {
      const peers = { ...state.peers }
      const peer = aPeer(name, { lastSeen: state.revision })
      if (gone) delete peers[peer.id]
      else peers[peer.id] = peer
      const next: Snapshot = { ...state, revision: state.revision + 1, peers }
      if (connected) queue.push({ epoch: state.epoch, revision: next.revision, patches: diffSnapshots(state, next) })
      state = next
    },
    restart() {
      agent.drop()
      run += 1
      state = { ...firstRun(), epoch: `e${run}`, revision: 0 }
    },
    deliver(count: number) {
      for (const change of queue.splice(0, count)) stream?.onChange(change)
    },
    /** The newest change comes although one before it was lost. */
    lose() {
      queue.shift()
    },
    async answer(how: 'answer' | 'fail') {
      asked.shift()?.(how)
      await settle()
    },
    async flush() {
      agent.connect()
      for (let round = 0; round < 50; round++) {
        agent.deliver(Infinity)
        if (asked.length === 0) break
        await agent.answer('answer')
      }
      await settle()
    },
    pending: () => asked.length,
    forgetAsked() {
      asked = []
    },
  }
  return agent
}

const settle = async () => {
  for (let turn = 0; turn < 8; turn++) await Promise.resolve()
}

function follow(agent: ReturnType<typeof createSlowAgent>) {
  const seen: Snapshot[] = []
  const links: Link['kind'][] = []
  const stop = startSync(agent.bridge, {
    onSnapshot: (snapshot) => seen.push(snapshot),
    onLink: (link) => links.push(link.kind),
    wait: () => Promise.resolve(),
  })
  return { seen, links, stop, last: () => seen.at(-1) }
}

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('mutate' as const), name: fc.constantFrom('a', 'b', 'c'), gone: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('deliver' as const), count: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('answer' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('connect' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('drop' as const, 'restart' as const) }) },
)

describe('sync', () => {
  it('ends in the agent’s state after any interleaving, loss and restart', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const agent = createSlowAgent()
        const { last, stop, seen } = follow(agent)
        for (const now of steps) {
          if (now.do === 'mutate') agent.mutate(now.name, now.gone)
          else if (now.do === 'deliver') agent.deliver(now.count)
          else if (now.do === 'answer' || now.do === 'fail') await agent.answer(now.do)
          else agent[now.do]()
        }
        await agent.flush()
        expect(last()).toEqual(agent.state)
        for (const [i, snapshot] of seen.entries()) {
          const before = seen[i - 1]
          if (before?.epoch === snapshot.epoch) expect(snapshot.revision).toBeGreaterThanOrEqual(before.revision)
        }
        stop()
      }),
      { numRuns: 400 },
    )
  })

  it('fetches anew when a revision was missed', async () => {
    const agent = createSlowAgent()
    const { last } = follow(agent)
    await agent.flush()
    agent.mutate('a', false)
    agent.mutate('b', false)
    agent.lose()
    agent.deliver(1)
    expect(agent.pending()).toBe(1)
    await agent.answer('answer')
    expect(last()).toEqual(agent.state)
  })

  it('keeps showing the last state and says reconnecting while the agent is away', async () => {
    const agent = createSlowAgent()
    const { last, links } = follow(agent)
    await agent.flush()
    agent.drop()
    expect(links.at(-1)).toBe('reconnecting')
    expect(last()).toEqual(agent.state)
    agent.connect()
    expect(links.at(-1)).toBe('live')
    expect(agent.pending()).toBe(0)
  })

  it('takes the state of another run of the agent although its revision is lower', async () => {
    const agent = createSlowAgent()
    const { last } = follow(agent)
    for (const name of ['a', 'b', 'c']) agent.mutate(name, false)
    await agent.flush()
    agent.restart()
    await agent.flush()
    expect(last()?.epoch).toBe('e2')
    expect(last()).toEqual(agent.state)
  })

  it('does nothing any more once stopped', async () => {
    const agent = createSlowAgent()
    const { seen, stop } = follow(agent)
    agent.connect()
    stop()
    await agent.answer('answer')
    expect(seen).toEqual([])
  })
})
