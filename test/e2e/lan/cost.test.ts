import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { type Host, type Lab, openLab, skipped, whyNoLab } from './lab.ts'
import { type LabNode, startLabNode } from './lab-node.ts'
import { listen, type Listener } from './listener.ts'

const missing = whyNoLab()
const flooder = join(import.meta.dirname, 'mdns-flooder.ts')
const mebibyte = 1024 * 1024

/** The quick questions and announcements after a start are over, ms. */
const settled = 41_000
/** What is measured, ms. */
const measured = 35_000

describe.skipIf(missing !== null)(`what discovery costs${skipped(missing)}`, () => {
  let lab: Lab
  let hosts: Record<'attic' | 'mia' | 'mallory' | 'island', Host>
  let attic: LabNode
  let mia: LabNode
  let island: LabNode
  let listener: Listener

  beforeAll(async () => {
    lab = await openLab()
    await lab.lan('home')
    hosts = {
      attic: await lab.host('attic'),
      mia: await lab.host('mia'),
      mallory: await lab.host('mallory'),
      island: await lab.host('island'),
    }
    await hosts.attic.plug('home', 'eth0', '10.1.0.2/24')
    await hosts.mia.plug('home', 'eth0', '10.1.0.3/24')
    await hosts.mallory.plug('home', 'eth0', '10.1.0.66/24')
    listener = listen(hosts.mallory, 'eth0', '10.1.0.66')
    await eventually('the listener listens', () => listener.ready())
    ;[attic, mia, island] = await Promise.all([startLabNode(hosts.attic), startLabNode(hosts.mia), startLabNode(hosts.island)])
  })
  afterAll(async () => {
    listener?.[Symbol.dispose]()
    await Promise.all([attic, mia, island].map((node) => node?.[Symbol.asyncDispose]()))
    await lab?.[Symbol.asyncDispose]()
  })

  it(
    'is at rest at most one packet in 30 seconds and interface, and next to no processor time, with a network and without',
    { timeout: 120_000 },
    async () => {
      await delay(settled)
      const before = { packets: listener.total(), attic: attic.cpu(), island: island.cpu() }
      await delay(measured)
      const packets = listener.total() - before.packets
      const share = (ms: number) => ((100 * ms) / measured).toFixed(2)
      process.stdout.write(
        `at rest, ${measured / 1000} s: ${packets} mDNS packets of two nodes; processor ${share(attic.cpu() - before.attic)} % with a network, ${share(island.cpu() - before.island)} % without\n`,
      )
      expect(listener.from('10.1.0.2'), 'the listener heard the start').toBeGreaterThan(2)
      expect(packets).toBeLessThanOrEqual(2 * Math.ceil(measured / 30_000))
      expect(island.cpu() - before.island).toBeLessThan(0.005 * measured)
    },
  )

  it('stays bounded in a flood of hostile packets: the node lives, the list is short, real nodes are still found', async () => {
    using watch = attic.watch()
    await eventually('attic sees mia', () => watch.names().includes('mia'))
    const memory = attic.memory()
    const sent = listener.from('10.1.0.2')
    await hosts.mallory.run(process.execPath, flooder, '10.1.0.66', '3000')
    await delay(1_000)
    const names = watch.names()
    process.stdout.write(
      `flood: ${names.length} nodes listed, ${((attic.memory() - memory) / mebibyte).toFixed(1)} MiB more, ${listener.from('10.1.0.2') - sent} packets sent\n`,
    )
    expect(names).toContain('mia')
    expect(names.length).toBeLessThanOrEqual(9)
    expect(attic.memory() - memory).toBeLessThan(40 * mebibyte)
    await eventually('invented nodes are gone', () => String(watch.names()) === 'mia', 10_000)
  })
})
