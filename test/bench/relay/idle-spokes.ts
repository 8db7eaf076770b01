/** What hundreds of members cost a hub that keep a tunnel to it and do nothing. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Identity } from '../../../electron/agent/components.ts'
import { createTestIdentity } from '../../fakes/test-identity.ts'
import { type Figure, atMost } from '../figure.ts'
import { processUse } from '../measure.ts'
import { type CrowdedHub, startCrowdedHub } from './crowded-hub.ts'
import type { SpokeCrowd } from './spoke-crowd-process.ts'

const count = 500
const bars = { memory: 100, processor: 2 }
/** Left alone before each measurement, and watched, s. */
const rest = { calmDown: 30, watched: 60 }
/** For all handshakes, s. */
const attachLimit = 120

export async function idleSpokes(): Promise<Figure[]> {
  const identities: Identity[] = []
  while (identities.length < count) identities.push(await createTestIdentity())
  await using hub = await startCrowdedHub(identities)
  process.stdout.write(`a hub of ${count} members that are away …\n`)
  const without = await measureRest(hub)
  process.stdout.write(`${count} of them attached …\n`)
  using _crowd = await attachCrowd(hub, identities)
  const attached = await measureRest(hub)
  const left = await hub.attached()
  if (left !== count) throw new Error(`Only ${left} of ${count} are still attached.`)
  const each = (of: 'settled' | 'collected') => [(attached[of] - without[of]) / count / 1024]
  return [
    {
      what: 'memory per idle spoke, garbage collected',
      ...{ unit: 'KiB', values: each('collected') },
      bars: [atMost(bars.memory, each('collected'), `≤ ${bars.memory} KiB`)],
    },
    { what: `memory per idle spoke after ${rest.calmDown} s`, unit: 'KiB', values: each('settled'), bars: [] },
    {
      what: `processor of the hub, ${count} idle spokes`,
      ...{ unit: '% of a core', values: [attached.processor], beside: without.processor },
      bars: [atMost(bars.processor, [attached.processor], `≤ ${bars.processor} %`)],
    },
  ]
}

/** Resident memory when things have calmed down and after garbage was collected, bytes, and then the processor, % of a core. */
async function measureRest({ node: { pid }, collectGarbage }: CrowdedHub) {
  await delay(rest.calmDown * 1000)
  const settled = processUse(pid).rss
  await collectGarbage()
  const { cpu, rss: collected } = processUse(pid)
  const began = performance.now()
  await delay(rest.watched * 1000)
  const watched = (performance.now() - began) / 1000
  return { settled, collected, processor: (100 * (processUse(pid).cpu - cpu)) / watched }
}

/** Spokes in a process of their own; resolves when all are attached. */
async function attachCrowd(hub: CrowdedHub, identities: readonly Identity[]): Promise<Disposable> {
  const child = fork(join(import.meta.dirname, 'spoke-crowd-process.ts'), { execArgv: ['--disable-warning=ExperimentalWarning'] })
  try {
    const failed = once(child, 'exit').then(([code]) => Promise.reject(new Error(`The spokes ended with ${code}.`)))
    const attached = new Promise<void>((resolve) => child.on('message', (up) => up === count && resolve()))
    const late = delay(attachLimit * 1000, null, { ref: false }).then(() => Promise.reject(new Error('The spokes do not get attached.')))
    const crowd: SpokeCrowd = {
      hub: { id: hub.id, port: hub.node.port },
      spokes: identities.map(({ id, tls: { key, cert } }) => ({ id, tls: { key, cert } })),
    }
    child.send(crowd)
    await Promise.race([attached, failed, late])
    failed.catch(() => undefined) // it ends with the bench; whether all were attached until then is asked of the hub
    return { [Symbol.dispose]: () => child.disconnect() }
  } catch (error) {
    child.kill()
    throw error
  }
}
