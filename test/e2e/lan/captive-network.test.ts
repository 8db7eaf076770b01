import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { type CaptiveNetwork, openCaptiveNetwork } from './captive-network.ts'
import { type Host, type Lab, openLab, skipped, whyNoFilter } from './lab.ts'
import { type LabNode, startLabNode } from './lab-node.ts'
import { letIn, onlinePeers } from './let-in.ts'
import { took } from './took.ts'

const missing = whyNoFilter()

interface Status {
  health: { code: string; text: string }[]
}

describe.skipIf(missing !== null)(`a laptop in a network that wants one to sign in${skipped(missing)}`, () => {
  let lab: Lab
  let laptopHost: Host
  let network: CaptiveNetwork
  let [attic, mia, laptop]: LabNode[] = []

  beforeAll(async () => {
    lab = await openLab()
    await Promise.all([lab.lan('home'), lab.lan('cafe')])
    const [router, atticHost, miaHost] = [await lab.host('router'), await lab.host('attic'), await lab.host('mia')]
    laptopHost = await lab.host('laptop')
    await router.plug('home', 'home0', '10.1.0.1/24')
    await router.plug('cafe', 'cafe0', '10.9.0.1/24')
    await router.forward()
    for (const [host, address] of [
      [atticHost, '10.1.0.2/24'],
      [miaHost, '10.1.0.3/24'],
      [laptopHost, '10.1.0.4/24'],
    ] as const) {
      await host.plug('home', 'eth0', address)
      await host.ip('route', 'add', 'default', 'via', '10.1.0.1')
    }
    const starting = [atticHost, miaHost, laptopHost].map((host) => startLabNode(host))
    network = await openCaptiveNetwork(router, 'cafe0', '10.9.0.1')
    await network.hold('plain')
    ;[attic, mia, laptop] = await Promise.all(starting)
    await attic?.fcn('create', 'Garden Lane')
    for (const joiner of [mia, laptop]) await letIn(attic as LabNode, joiner as LabNode, 'http://10.1.0.2:3000')
    await eventually('the laptop sees both', async () => String(await onlinePeers(laptop as LabNode)) === 'attic,mia')
  })
  afterAll(async () => {
    for (const node of [attic, mia, laptop]) await node?.[Symbol.asyncDispose]()
    network?.[Symbol.dispose]()
    await lab?.[Symbol.asyncDispose]()
  })

  const warnings = async () => ((await laptop?.fcn<Status>('status'))?.health ?? []).map(({ code, text }) => `${code} ${text}`)
  const isWarned = async () => (await warnings()).some((warning) => warning.startsWith('captive_portal'))

  it('says so soon after it came there, names the page, and has nobody online any more', async () => {
    await laptopHost.unplug('eth0')
    await laptopHost.plug('cafe', 'eth0', '10.9.0.2/24')
    await laptopHost.ip('route', 'add', 'default', 'via', '10.9.0.1')
    expect(await took('the laptop warns', isWarned, 20_000)).toBeLessThan(15_000)
    expect((await warnings()).filter((warning) => !warning.includes('login.cafe.example'))).toEqual([])
    expect(await onlinePeers(laptop as LabNode)).toEqual([])
    // problems make it exit with an error
    const doctor = await laptop?.fcn('doctor').catch((error: { stdout: string }) => JSON.parse(error.stdout))
    expect(doctor).toMatchObject({ findings: expect.arrayContaining([expect.objectContaining({ id: 'portal', state: 'problem' })]) })
  })

  it('has both peers again and no warning soon after somebody signed in', async () => {
    await network.release()
    expect(await took('the laptop sees both again', async () => String(await onlinePeers(laptop as LabNode)) === 'attic,mia')).toBeLessThan(
      12_000,
    )
    expect(await warnings()).toEqual([])
    await eventually('they see it, too', async () => (await onlinePeers(attic as LabNode)).includes('laptop'))
  })

  it('notices when it has to sign in again, where every address shows the same strange key', async () => {
    await network.hold('tls')
    expect(await took('the laptop warns again', isWarned, 30_000)).toBeLessThan(25_000)
    await network.release()
    await took('the laptop sees both once more', async () => String(await onlinePeers(laptop as LabNode)) === 'attic,mia')
    expect(await isWarned()).toBe(false)
  })
})
