import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { type Host, type Lab, openLab, skipped, whyNoLab } from './lab.ts'
import { type LabNode, startLabNode, type Watch } from './lab-node.ts'
import { took } from './took.ts'

const missing = whyNoLab()

describe.skipIf(missing !== null)(`two hosts on one LAN${skipped(missing)}`, () => {
  let lab: Lab
  let hosts: Record<'attic' | 'mia', Host>
  let attic: LabNode
  let mia: LabNode
  let watch: Watch

  beforeAll(async () => {
    lab = await openLab()
    await lab.lan('home')
    hosts = { attic: await lab.host('attic'), mia: await lab.host('mia') }
    await hosts.attic.plug('home', 'eth0', '10.1.0.2/24')
    await hosts.mia.plug('home', 'eth0', '10.1.0.3/24')
    attic = await startLabNode(hosts.attic)
    watch = attic.watch()
    mia = await startLabNode(hosts.mia)
  })
  afterAll(async () => {
    watch?.[Symbol.dispose]()
    await mia?.[Symbol.asyncDispose]()
    await attic?.[Symbol.asyncDispose]()
    await lab?.[Symbol.asyncDispose]()
  })

  it('see each other within two seconds of the start, once, with the right address', async () => {
    expect(await took('attic sees mia', () => watch.names().includes('mia'))).toBeLessThan(2_000)
    expect(await mia.fcn('discover', '--for', '1')).toMatchObject([{ name: 'attic', relation: 'new', urls: ['http://10.1.0.2:3000'] }])
    expect(watch.names()).toEqual(['mia'])
    expect(watch.urlsOf('mia')).toEqual(['http://10.1.0.3:3000'])
  })

  it('show no mesh name unless the user allows it', async () => {
    await mia.fcn('create', 'Garden Lane')
    await eventually('attic sees that mia is in a mesh', () => watch.node('mia')?.relation === 'other')
    expect(watch.node('mia')?.meshes).toEqual([])
    await mia.fcn('settings', 'set', 'tellMeshNames', 'on')
    await eventually('attic sees its name', () => watch.node('mia')?.meshes.includes('Garden Lane'))
  })

  it('lose sight when one is not to be seen, and see it again when it is', async () => {
    await mia.fcn('settings', 'set', 'beSeen', 'off')
    expect(await took('mia is hidden', () => watch.names().length === 0)).toBeLessThan(2_000)
    await mia.fcn('settings', 'set', 'beSeen', 'on')
    expect(await took('mia is back', () => watch.names().length === 1)).toBeLessThan(2_000)
  })

  it('have only the new address after it was changed', async () => {
    await hosts.mia.ip('addr', 'add', '10.1.0.33/24', 'dev', 'eth0')
    await hosts.mia.ip('addr', 'del', '10.1.0.3/24', 'dev', 'eth0')
    await hosts.mia.ip('addr', 'replace', '10.1.0.33/24', 'dev', 'eth0')
    await eventually('the new address', () => String(watch.node('mia')?.urls) === 'http://10.1.0.33:3000')
    expect(watch.names()).toEqual(['mia'])
  })

  it('notice a pulled cable within five seconds, and see each other again when it is back', async () => {
    await hosts.mia.ip('link', 'set', 'eth0', 'down')
    expect(await took('mia is gone', () => watch.names().length === 0)).toBeLessThan(5_000)
    await hosts.mia.ip('link', 'set', 'eth0', 'up')
    expect(await took('mia is back', () => watch.names().length === 1)).toBeLessThan(8_000)
  })

  it('lose sight of one that stands still, as in sleep, and see it again as soon as it goes on', async () => {
    process.kill(mia.pid, 'SIGSTOP')
    expect(await took('mia is gone', () => watch.names().length === 0)).toBeLessThan(5_000)
    await delay(8_000)
    process.kill(mia.pid, 'SIGCONT')
    expect(await took('mia is back', () => watch.names().length === 1)).toBeLessThan(2_500)
    expect(await mia.fcn('discover', '--for', '1')).toMatchObject([{ name: 'attic' }])
  })

  it('become members of one mesh from the list, and the doctor of one says that the other reaches it', async () => {
    const [found] = await attic.fcn<{ urls: string[]; name: string }[]>('discover', '--for', '1')
    const join = await attic.fcn<{ id: string; code: string }>('join', found?.urls[0] ?? '', '--no-wait')
    const request = await eventually('the request arrives', async () => (await mia.fcn<{ id: string; code: string }[]>('requests'))[0])
    expect(request.code).toBe(join.code)
    await mia.fcn('approve', request.id, '--code', join.code)
    await attic.fcn('confirm', join.id, '--code', request.code)
    await eventually('attic sees mia as a member', () => watch.node('mia')?.relation === 'mine')
    await eventually('mia is online', async () => (await attic.fcn<{ state: string }[]>('peers')).some(({ state }) => state === 'online'))
    const { findings } = await attic.fcn<{ findings: { id: string; state: string }[] }>('doctor')
    expect(findings.map(({ id, state }) => `${id} ${state}`)).toEqual(
      expect.arrayContaining(['port ok', 'reached-mia ok', 'clock ok', 'mdns-eth0 ok']),
    )
  })

  it('say goodbye: gone within a second of a stop', async () => {
    const stopping = mia.end('SIGTERM')
    expect(await took('mia is gone', () => watch.names().length === 0)).toBeLessThan(2_000)
    await stopping
  })

  it('forget one that was killed within five seconds', async () => {
    mia = await startLabNode(hosts.mia)
    await eventually('mia is there', () => watch.names().length === 1)
    await mia.end('SIGKILL')
    expect(await took('mia is gone', () => watch.names().length === 0)).toBeLessThan(5_000)
  })
})
