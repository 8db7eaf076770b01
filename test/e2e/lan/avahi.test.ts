import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { idOfPublicKey } from '../../../electron/agent/identity/node-id.ts'
import { eventually } from '../../support/eventually.ts'
import { type Avahi, startAvahi, whyNoAvahi } from './avahi.ts'
import { type Lab, openLab, skipped, whyNoLab } from './lab.ts'
import { type LabNode, startLabNode, type Watch } from './lab-node.ts'

const missing = whyNoLab() ?? whyNoAvahi()
const type = '_freecompute._tcp'
const id = idOfPublicKey(randomBytes(91))
const texts = ['txtvers=1', `id=${id}`, 'v=1', 'tls=1', 'name=by avahi', 'new=1']

describe.skipIf(missing !== null)(`beside avahi${skipped(missing)}`, () => {
  let lab: Lab
  let avahi: Avahi
  let besides: Avahi
  let node: LabNode
  let watch: Watch

  beforeAll(async () => {
    lab = await openLab()
    await lab.lan('home')
    const [one, other] = [await lab.host('attic'), await lab.host('printer')]
    await one.plug('home', 'eth0', '10.1.0.2/24')
    await other.plug('home', 'eth0', '10.1.0.3/24')
    // on the host of the node, too: both use port 5353 there
    ;[besides, avahi] = [await startAvahi(one), await startAvahi(other)]
    node = await startLabNode(one)
    watch = node.watch()
  })
  afterAll(async () => {
    watch?.[Symbol.dispose]()
    await node?.[Symbol.asyncDispose]()
    await avahi?.[Symbol.asyncDispose]()
    await besides?.[Symbol.asyncDispose]()
    await lab?.[Symbol.asyncDispose]()
  })

  it('our service resolves elsewhere with the right port, address and texts', async () => {
    const found = await eventually('avahi resolves us', async () => {
      const lines = await avahi.browse(type)
      return lines.length > 0 ? lines : null
    })
    for (const [, card, , , , , host, address, port, text = ''] of found) {
      expect([card, address, port]).toEqual(['eth0', '10.1.0.2', '3000'])
      expect(host).toMatch(/^fcn-[a-z2-7-]+\.local$/u)
      for (const part of ['"txtvers=1"', '"port=3000"', '"v=1"', '"tls=1"', '"new=1"', '"name=attic"']) expect(text).toContain(part)
      expect(text).not.toContain('mesh=')
    }
  })

  it('our service resolves on the same host, too', async () => {
    const lines = await eventually('avahi beside us resolves us', async () => {
      const found = await besides.browse(type)
      return found.length > 0 ? found : null
    })
    expect(new Set(lines.map((fields) => `${fields[7]} ${fields[8]}`))).toEqual(new Set(['10.1.0.2 3000']))
  })

  it('a node that avahi publishes is found', async () => {
    await avahi.publish('published', type, 4000, texts)
    await eventually('it is seen', () => String(watch.node('by avahi')?.urls) === 'http://10.1.0.3:4000')
    expect(watch.node('by avahi')).toMatchObject({ id, relation: 'new' })
  })

  it('a service with our very name leaves both visible', async () => {
    const [, , , own = ''] = (await avahi.browse(type)).find((fields) => fields[7] === '10.1.0.2') ?? []
    const name = own.replaceAll(/\\(\d{3})/gu, (_, code: string) => String.fromCharCode(Number(code)))
    await avahi.publish(
      name,
      type,
      4001,
      texts.map((text) => text.replace(id, idOfPublicKey(randomBytes(91))).replace('by avahi', 'namesake')),
    )
    await eventually('the namesake is seen', () => watch.names().includes('namesake'))
    const ports = await eventually('avahi resolves both', async () => {
      const found = new Set((await avahi.browse(type)).map((fields) => `${fields[7]} ${fields[8]}`))
      return found.has('10.1.0.2 3000') && found.has('10.1.0.3 4001') ? [...found] : null
    })
    expect(ports).toContain('10.1.0.3 4000')
  })
})
