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

describe.skipIf(missing !== null)(`discovery under attack${skipped(missing)}`, () => {
  let lab: Lab
  let hosts: Record<'attic' | 'mia' | 'mallory', Host>
  let attic: LabNode
  let mia: LabNode
  let listener: Listener

  beforeAll(async () => {
    lab = await openLab()
    await lab.lan('home')
    hosts = {
      attic: await lab.host('attic'),
      mia: await lab.host('mia'),
      mallory: await lab.host('mallory'),
    }
    await hosts.attic.plug('home', 'eth0', '10.1.0.2/24')
    await hosts.mia.plug('home', 'eth0', '10.1.0.3/24')
    await hosts.mallory.plug('home', 'eth0', '10.1.0.66/24')
    listener = listen(hosts.mallory, 'eth0', '10.1.0.66')
    await eventually('the listener listens', () => listener.ready())
    ;[attic, mia] = await Promise.all([startLabNode(hosts.attic), startLabNode(hosts.mia)])
  })
  afterAll(async () => {
    listener?.[Symbol.dispose]()
    await Promise.all([attic, mia].map((node) => node?.[Symbol.asyncDispose]()))
    await lab?.[Symbol.asyncDispose]()
  })

  it('stays bounded in a flood of hostile packets: the node lives, the list is short, real nodes are still found', async () => {
    using watch = attic.watch()
    await eventually('attic sees mia', () => watch.names().includes('mia'))
    await eventually('the listener heard the start', () => listener.from('10.1.0.2') > 2)
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
