import { describe, expect, it } from 'vitest'
import { createHealth } from '../../../../electron/agent/health.ts'
import { createCloneAlarm } from '../../../../electron/agent/membership/clone-alarm.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createFakeRandom } from '../../../fakes/fake-random.ts'
import { createMemoryAudit } from '../../../fakes/memory-audit.ts'
import { createMeshWorld, type Machine } from '../../../fakes/mesh-world.ts'

const warnings = ({ health }: Machine) => health.list().flatMap(({ code }) => (code.startsWith('cloned') ? [code] : []))
const cloneEntries = ({ audit }: Machine) => audit.recorded.filter(({ action }) => action === 'node.cloned')

/** Two members, and a copy of the second's disk from when it was off. */
async function copied() {
  const world = createMeshWorld()
  const observer = await world.machine('anna')
  const original = await world.machine('ben')
  await observer.node.createMesh('Home')
  await world.admit(original, observer)
  await original.kill()
  const copy = await world.machine('ben', original)
  await world.advance(100)
  return { world, observer, original, copy }
}

describe('two machines with one key', () => {
  it('both warn within 30 s, and so does who sees them', async () => {
    const { world, observer, original, copy } = await copied()
    await original.start()
    await world.until(() => [observer, original, copy].every((each) => warnings(each).length > 0), 30_000)
    expect(warnings(observer)).toEqual([`cloned:${original.id}`])
    expect(warnings(original)).toEqual(['cloned_here'])
    expect(warnings(copy)).toEqual(['cloned_here'])
    expect(cloneEntries(observer)).toEqual([expect.objectContaining({ actorId: original.id, actor: 'ben' })])
  })

  it('do not outbid each other’s member record for ever', async () => {
    const { world, observer, original, copy } = await copied()
    await original.start()
    await world.until(() => [original, copy].every((each) => warnings(each).length > 0), 30_000)
    await world.advance(5_000)
    const shown: string[] = []
    for (let sample = 0; sample < 200; sample++) {
      await world.advance(50)
      const [address = ''] = observer.node.members()[0]?.addresses ?? []
      if (shown.at(-1) !== address) shown.push(address)
    }
    expect(shown).toHaveLength(1)
  })

  it('are not seen in a machine that is started again, nor in a copy that took its place', async () => {
    const { world, observer, original, copy } = await copied()
    await world.advance(10_000)
    await copy.kill()
    for (let start = 0; start < 3; start++) {
      await original.start()
      await world.advance(8_000)
      await original.kill()
    }
    expect(warnings(observer)).toEqual([])
    expect(warnings(original)).toEqual([])
    expect(warnings(copy)).toEqual([])
  })
})

describe('the alarm', () => {
  const day = 86_400_000

  function alarm() {
    const clock = createFakeClock()
    const health = createHealth({ clock })
    const audit = createMemoryAudit()
    const made = createCloneAlarm({
      identity: { id: 'us' },
      audit,
      health,
      clock,
      random: createFakeRandom(),
      nameOf: (node) => `name of ${node}`,
    })
    const codes = () => health.list().map(({ code }) => code)
    /** Two machines show themselves in turn. */
    const clonesCall = async (node: string) => {
      for (const instance of ['one', 'two', 'one', 'two']) {
        made.take(node, { instance })
        await clock.advance(6_000)
      }
    }
    return { ...made, clock, audit, codes, clonesCall }
  }

  it('tells the node concerned while the signs are fresh, and nobody else', async () => {
    const { note, clock, clonesCall } = alarm()
    expect(note('ben')).not.toHaveProperty('clones')
    await clonesCall('ben')
    expect(note('ben')).toHaveProperty('clones', true)
    expect(note('cleo')).not.toHaveProperty('clones')
    await clock.advance(60_000)
    expect(note('ben')).not.toHaveProperty('clones')
  })

  it('is raised once and written down once, and ends a day after the last sign', async () => {
    const { clock, audit, codes, clonesCall, sweep } = alarm()
    await clonesCall('ben')
    await clock.advance(day / 2)
    await clonesCall('ben')
    expect(codes()).toEqual(['cloned:ben'])
    expect(audit.recorded).toEqual([expect.objectContaining({ action: 'node.cloned', actor: 'name of ben', actorId: 'ben' })])
    await clock.advance(day - 20_000)
    sweep()
    expect(codes()).toEqual(['cloned:ben'])
    await clock.advance(20_000)
    sweep()
    expect(codes()).toEqual([])
  })

  it('is raised here when a member says so, and when our own key is met on another machine', () => {
    const told = alarm()
    told.take('ben', { instance: 'one', clones: true })
    expect(told.codes()).toEqual(['cloned_here'])

    const met = alarm()
    met.metOwnKey(met.note('anybody').instance)
    expect(met.codes()).toEqual([])
    met.metOwnKey('another')
    expect(met.codes()).toEqual(['cloned_here'])
  })
})
