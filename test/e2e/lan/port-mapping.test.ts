import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PortMappingView } from '../../../electron/contract/port-mapping.ts'
import { eventually } from '../../support/eventually.ts'
import { type HomeRouter, openHomeRouter, whyNoRouter } from './home-router.ts'
import { type Host, type Lab, openLab, skipped } from './lab.ts'
import { type LabNode, startLabNode } from './lab-node.ts'
import { letIn } from './let-in.ts'

const missing = whyNoRouter()

// addresses of the real internet, which nobody leaves the laboratory with: those for documentation count as private
const outside = '11.22.33.1'

describe.skipIf(missing !== null)(`a node behind a router that maps ports${skipped(missing)}`, () => {
  let lab: Lab
  let [routerHost, stranger]: Host[] = []
  let router: HomeRouter
  let [attic, mia]: LabNode[] = []

  beforeAll(async () => {
    lab = await openLab()
    await Promise.all([lab.lan('home'), lab.lan('internet')])
    const [host, home, far] = [await lab.host('router'), await lab.host('attic'), await lab.host('mia')]
    await host.plug('home', 'home0', '10.1.0.1/24')
    await host.plug('internet', 'wan0', `${outside}/24`)
    await home.plug('home', 'eth0', '10.1.0.2/24')
    await home.ip('route', 'add', 'default', 'via', '10.1.0.1')
    await far.plug('internet', 'eth0', '11.22.33.2/24')
    ;[routerHost, stranger] = [host, far]
    router = await openHomeRouter(host)
    await router.speak({ natPmp: true, upnp: true })
    ;[attic, mia] = await Promise.all([home, far].map((each) => startLabNode(each)))
    await attic?.fcn('create', 'Garden Lane')
  })
  afterAll(async () => {
    for (const node of [attic, mia]) await node?.[Symbol.asyncDispose]()
    await router?.[Symbol.asyncDispose]()
    await lab?.[Symbol.asyncDispose]()
  })

  const ask = async (value: 'on' | 'off') => void (await attic?.fcn('settings', 'set', 'portMapping', value, '--yes'))
  const view = async () => (await attic?.fcn<{ portMapping: PortMappingView }>('status'))?.portMapping
  const until = (what: Partial<PortMappingView>) =>
    eventually(`the mapping is ${JSON.stringify(what)}`, async () => {
      const now = await view()
      expect(now).toMatchObject(what)
      return now
    })
  /** What the node answers to somebody on the internet; null when nobody gets in. */
  const knock = (port = 3000) =>
    (stranger as Host)
      .run('curl', '--silent', '--max-time', '2', `http://${outside}:${port}/api/health`)
      .catch((error: { code: number }) => (error.code === 7 || error.code === 28 ? null : Promise.reject(error as unknown as Error)))

  it('is closed to the internet, and its router is not asked, before the user wants it', async () => {
    expect(await view()).toEqual({ state: 'off' })
    expect(await router.mapped()).toEqual([])
    expect(await knock()).toBeNull()
  })

  it('is reached through the router once the user wants it: a friend joins from the internet and keeps the address', async () => {
    await ask('on')
    await until({ state: 'mapped', by: 'NAT-PMP', address: outside, port: 3000 })
    expect(await router.mapped()).toEqual(['3000 10.1.0.2:3000'])
    expect(await knock()).toContain('ok')
    const doctor = await attic?.fcn('doctor').catch((error: { stdout: string }) => JSON.parse(error.stdout))
    const found = expect.objectContaining({ id: 'port-mapping', state: 'ok', text: expect.stringContaining(`${outside}:3000`) })
    expect(doctor).toMatchObject({ findings: expect.arrayContaining([found]) })
    await letIn(attic as LabNode, mia as LabNode, `http://${outside}:3000`)
    const [peer] = (await mia?.fcn<{ addresses: { url: string }[] }[]>('peers')) ?? []
    expect(peer?.addresses.map(({ url }) => url)).toContain(`https://${outside}:3000`)
  })

  it('is closed again as soon as the user takes it back', async () => {
    await ask('off')
    expect(await view()).toEqual({ state: 'off' })
    await eventually('nothing is mapped', async () => (await router.mapped()).length === 0)
    expect(await knock()).toBeNull()
  })

  it('is mapped by a router that speaks only UPnP, and closed when the user takes it back', async () => {
    await router.speak({ natPmp: false, upnp: true })
    await ask('on')
    await until({ state: 'mapped', by: 'UPnP', address: outside, port: 3000 })
    expect(await knock()).toContain('ok')
    await ask('off')
    await eventually('nothing is mapped', async () => (await router.mapped()).length === 0)
    expect(await knock()).toBeNull()
  })

  it('says why not when the provider shares one address among customers, and has nothing mapped then', async () => {
    await routerHost?.ip('addr', 'flush', 'dev', 'wan0')
    await routerHost?.ip('addr', 'add', '100.64.7.1/24', 'dev', 'wan0')
    await router.speak({ natPmp: true, upnp: true })
    await ask('on')
    await until({ state: 'failed', why: 'no_address' }) // miniupnpd does not tell such an address
    expect(await router.mapped()).toEqual([])
    await ask('off')
  })

  it('is mapped by a router of UPnP’s first version, and leaves no port open when it stops', async () => {
    await routerHost?.ip('addr', 'flush', 'dev', 'wan0')
    await routerHost?.ip('addr', 'add', `${outside}/24`, 'dev', 'wan0')
    await router.speak({ natPmp: false, upnp: true, first: true })
    await ask('on')
    await until({ state: 'mapped', by: 'UPnP' })
    expect(await router.mapped()).toEqual(['3000 10.1.0.2:3000'])
    await attic?.end('SIGTERM')
    expect(await router.mapped()).toEqual([])
  })
})
