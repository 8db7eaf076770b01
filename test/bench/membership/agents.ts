/** Sixteen real agents, each a process of its own, watched through their event streams with one clock. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Snapshot } from '../../../electron/contract/snapshot.ts'
import { type NodeProcess, startNode } from '../../e2e/node-process.ts'
import { eventually } from '../../support/eventually.ts'
import { median, processUse } from '../measure.ts'
import { type AgentWatch, watchAgent } from './agent-watch.ts'
import { atMost, type Figure } from '../figure.ts'
import { untilAll } from './until-all.ts'
import { createWireMeter } from './wire-meter.ts'

const count = 16
/** Agents that start at the same time: each needs most of a core for a moment. */
const startedAtOnce = 4
const changes = 7
const kills = 5
/**
 * Left alone until full syncs have become rare and V8 has collected what the start left behind, and then watched, s. V8 does
 * that some 105 and 215 s after a start that it was not busy after (node --trace-gc), for some 0.1 s each time, and not again.
 */
const rest = { calmDown: 270, watched: 60, sample: 5 }
/** What takes longer counts as this, ms. */
const limit = 60_000
/** Pause between two events, ms. */
const pause = 1_000

const bars = { seen: 1.5, change: 0.5, kill: 4, processor: 0.1, wire: 1024 }

type Holds = (snapshot: Snapshot, watch: AgentWatch) => boolean

const idOf = (watch: AgentWatch) => watch.snapshot().node.id
const onlineIn = ({ peers }: Snapshot) => Object.values(peers).filter(({ state }) => state === 'online').length
const seconds = (from: number, to: number) => Math.max(0, to - from) / 1000

/** Until all of them see it; resolves with the time. */
const allSee = (watches: readonly AgentWatch[], holds: Holds) =>
  untilAll(
    watches.map((watch) => ({ changed: watch.changed, holds: () => holds(watch.snapshot(), watch) })),
    limit,
  )

export async function agents(): Promise<Figure[]> {
  // each process that is started waits for the end of this one
  process.setMaxListeners(4 * count)
  await using team = createTeam()
  await team.start()
  process.stdout.write(`${count} agents join …\n`)
  const seen = await measureJoins(team.watches)
  process.stdout.write(`${changes} changes, ${kills} kills …\n`)
  const change = await measureChanges(team.watches)
  const kill = await measureKills(team)
  process.stdout.write(`${count} agents at rest …\n`)
  const { processor, records, packets } = await measureRest(team)
  const name = `${count} agents`
  return [
    {
      what: `all see all after a join (${name})`,
      unit: 's',
      values: seen,
      bars: [atMost(bars.seen, [median(seen)], `median ≤ ${bars.seen} s`)],
    },
    {
      what: `change everywhere (${name})`,
      unit: 's',
      values: change,
      bars: [atMost(bars.change, [median(change)], `median ≤ ${bars.change} s`)],
    },
    {
      what: `kill -9 known everywhere (${name})`,
      unit: 's',
      values: kill,
      bars: [atMost(bars.kill, [median(kill)], `median ≤ ${bars.kill} s`)],
    },
    {
      what: `processor at rest (${name})`,
      unit: '% per node',
      values: processor,
      bars: [atMost(bars.processor, [median(processor)], 'median ≤ 0.1 %')],
    },
    {
      what: `TLS records at rest (${name})`,
      unit: 'B/s per node',
      values: records,
      bars: [atMost(bars.wire, [median(records)], 'median ≤ 1 KiB/s')],
    },
    { what: `the same with headers of TCP/IP (${name})`, unit: 'B/s per node', values: packets, bars: [] },
  ]
}

type Team = ReturnType<typeof createTeam>

/** The processes and the watch on each. */
function createTeam() {
  const started: NodeProcess[] = []
  const watches: AgentWatch[] = []

  async function add(index: number, again?: { port: number; data: string }): Promise<void> {
    const node = await startNode(again ?? { name: `agent-${index}` })
    started.push(node)
    watches[index] = await watchAgent(node)
  }

  return {
    watches,
    async start(): Promise<void> {
      for (let first = 0; first < count; first += startedAtOnce)
        await Promise.all(Array.from({ length: Math.min(startedAtOnce, count - first) }, (_, index) => add(first + index)))
    },
    /** Ends it hard; resolves when it is gone. */
    kill: (index: number) => watches[index]?.node.kill('SIGKILL'),
    async restart(index: number): Promise<void> {
      const watch = watches[index]
      if (!watch) throw new Error(`There is no agent ${index}.`)
      watch.close()
      await add(index, watch.node)
    },
    async [Symbol.asyncDispose](): Promise<void> {
      for (const watch of watches) watch.close()
      // the first of a folder removes it
      for (const node of started.toReversed()) await node.stop()
    },
  }
}

async function call<T>({ node }: AgentWatch, name: string, input: object): Promise<T> {
  const { status, body } = await node.call(name, input)
  if (status !== 200) throw new Error(`${name} at ${node.name}: ${JSON.stringify(body)}`)
  return body.value as T
}

/** One after the other joins by invite; seconds from its being a member until all so far see all. */
async function measureJoins([hub, ...others]: readonly AgentWatch[]): Promise<number[]> {
  if (!hub) throw new Error('There is no agent.')
  await call(hub, 'mesh.create', { name: 'Bench' })
  const { link } = await call<{ link: string }>(hub, 'invite.create', { uses: others.length })
  const times: number[] = []
  const members = [hub]
  for (const joiner of others) {
    members.push(joiner)
    const isMember = ({ joins }: Snapshot) => Object.values(joins).some(({ state }) => state === 'joined')
    const joined = allSee([joiner], isMember)
    const all = allSee(members, (snapshot) => onlineIn(snapshot) === members.length - 1)
    await call(joiner, 'join.start', { invite: link })
    times.push(seconds(await joined, await all))
  }
  return times
}

/** An agent in the middle gets a new name. */
async function measureChanges(watches: readonly AgentWatch[]): Promise<number[]> {
  const changed = watches[count >> 1] as AgentWatch
  const id = idOf(changed)
  const times: number[] = []
  while (times.length < changes) {
    await delay(pause)
    const name = `renamed-${times.length}`
    const others = watches.filter((watch) => watch !== changed)
    const all = allSee(others, ({ peers }) => peers[id]?.name === name)
    const begin = performance.now()
    await call(changed, 'settings.update', { name })
    times.push(seconds(begin, await all))
  }
  return times
}

async function measureKills(team: Team): Promise<number[]> {
  const times: number[] = []
  while (times.length < kills) {
    await delay(pause)
    const index = count - 1 - times.length
    const victim = team.watches[index] as AgentWatch
    const id = idOf(victim)
    const others = team.watches.filter((watch) => watch !== victim)
    const all = allSee(others, ({ peers }) => peers[id]?.state === 'offline')
    const begin = performance.now()
    await team.kill(index)
    times.push(seconds(begin, await all))
    await team.restart(index)
    await eventually('all are online again', () => team.watches.every((watch) => onlineIn(watch.snapshot()) === count - 1), limit)
  }
  return times
}

/** Processor time in % of a core, and bytes per second sent, of each agent. */
async function measureRest(team: Team): Promise<Record<'processor' | 'records' | 'packets', number[]>> {
  const pids = team.watches.map(({ node }) => node.pid)
  for (const watch of team.watches) watch.close()
  await delay(rest.calmDown * 1000)
  const meter = createWireMeter(pids)
  await meter.read()
  const before = pids.map((pid) => processUse(pid).cpu)
  const began = performance.now()
  for (let watched = 0; watched < rest.watched; watched += rest.sample) {
    await delay(rest.sample * 1000)
    await meter.read()
  }
  const watched = (performance.now() - began) / 1000
  return {
    processor: pids.map((pid, index) => (100 * (processUse(pid).cpu - (before[index] ?? 0))) / watched),
    records: pids.map((pid) => meter.sent(pid).records / watched),
    packets: pids.map((pid) => meter.sent(pid).packets / watched),
  }
}
