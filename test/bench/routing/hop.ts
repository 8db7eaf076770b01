/** One hop over mutual TLS with small answers, ours beside nginx and haproxy, everything on one CPU. */
import { existsSync, statSync } from 'node:fs'
import { eventually } from '../../support/eventually.ts'
import type { Figure } from '../figure.ts'
import { type Measured, measureLanes, type Sample, watchProcessor } from './lane-table.ts'
import { type Lane, startLanes } from './lanes.ts'
import { printProfile } from './profile.ts'
import { observationIn } from './relay-command.ts'
import { wrk } from './wrk.ts'

/** How long a lane is measured once, and profiled, s. */
const seconds = { measured: 3, profiled: 10 }
/** Requests before anything counts, so that V8 has compiled what is used; at most so many seconds. */
const warmUp = { requests: 30_000, step: 2, most: 60 }
const bars = { perSecond: 0.5, processor: 2.6, latency: 3 }

const url = ({ port, base }: Lane) => `http://127.0.0.1:${port}${base}/small`
const one = 'small, 1 connection'
const many = 'small, 32 connections'

/** Prints what each lane does; resolves with the figures that have bars. */
export async function hop({ rounds }: { rounds: number }): Promise<Figure[]> {
  await using started = await startLanes()
  for (const lane of started.lanes) await warm(lane)
  const cases = [
    { name: one, unit: 'req/s' as const, measure: (lane: Lane) => small(lane, 1) },
    { name: many, unit: 'req/s' as const, measure: (lane: Lane) => small(lane, 32) },
  ]
  return figures(await measureLanes(started.lanes, cases, rounds))
}

/** Prints where ours spends its CPU time under 32 connections. */
export async function profileHop(): Promise<void> {
  await using started = await startLanes({ only: ['ours'] })
  const ours = started.lanes[0] as Lane
  await warm(ours)
  process.kill(ours.pid as number, 'SIGUSR2')
  const used = watchProcessor(ours.pid)
  const { requests } = await wrk(url(ours), { connections: 32, seconds: seconds.profiled })
  const processor = (used() / requests) * 1e6
  process.kill(ours.pid as number, 'SIGUSR2')
  const file = observationIn(started.folder)
  await eventually('the profile is written', () => existsSync(file) && statSync(file).size > 0)
  process.stdout.write(`${requests} requests, ${processor.toFixed(0)} µs of CPU each while profiled\n\n`)
  printProfile(file)
}

async function warm(lane: Lane): Promise<void> {
  const deadline = performance.now() + warmUp.most * 1000
  for (let requests = 0; requests < warmUp.requests && performance.now() < deadline;)
    requests += (await wrk(url(lane), { connections: 32, seconds: warmUp.step })).requests
}

async function small(lane: Lane, connections: number): Promise<Sample> {
  const used = watchProcessor(lane.pid)
  const { requests, failures, ...load } = await wrk(url(lane), { connections, seconds: seconds.measured })
  if (failures > 0) throw new Error(`${failures} of ${requests} requests through ${lane.name} failed.`)
  return { ...load, processor: (used() / requests) * 1e6 }
}

function figures(of: Measured): Figure[] {
  const [ours, nginx] = [of(many, 'ours'), of(many, 'nginx')]
  const added = (lane: Lane['name']) => of(one, lane).median - of(one, 'direct').median
  return [
    {
      what: 'small answers, 32 connections',
      ...{ unit: 'req/s', values: [ours.perSecond], beside: nginx.perSecond },
      bars: [{ text: `≥ ${bars.perSecond}× nginx`, holds: ours.perSecond >= bars.perSecond * nginx.perSecond }],
    },
    {
      what: 'processor per request',
      ...{ unit: 'µs', values: [ours.processor], beside: nginx.processor },
      bars: [{ text: `≤ ${bars.processor}× nginx`, holds: ours.processor <= bars.processor * nginx.processor }],
    },
    {
      what: 'added median latency, 1 connection',
      ...{ unit: 'µs', values: [added('ours')], beside: added('nginx') },
      bars: [{ text: `≤ ${bars.latency}× nginx`, holds: added('ours') <= bars.latency * added('nginx') }],
    },
  ]
}
