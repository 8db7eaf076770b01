import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { type Host, type Lab, openLab, skipped, whyNoLab } from './lab.ts'
import { type LabNode, startLabNode, type Watch } from './lab-node.ts'
import { listen } from './listener.ts'
import { took } from './took.ts'

const missing = whyNoLab()

describe.skipIf(missing !== null)(`networks${skipped(missing)}`, () => {
  let lab: Lab
  const cleanups: (() => unknown)[] = []
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
    await lab[Symbol.asyncDispose]()
  })
  const start = async (host: Host, options: Parameters<typeof startLabNode>[1] = {}): Promise<LabNode> => {
    const node = await startLabNode(host, options)
    cleanups.push(() => node[Symbol.asyncDispose]())
    return node
  }
  const watching = (node: LabNode): Watch => {
    const watch = node.watch()
    cleanups.push(() => watch[Symbol.dispose]())
    return watch
  }

  it('of five hosts: everybody sees everybody once, also when all start again together', async () => {
    lab = await openLab()
    await lab.lan('home')
    const hosts = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => lab.host(name)))
    for (const [index, host] of hosts.entries()) await host.plug('home', 'eth0', `10.1.0.${index + 2}/24`)
    const folders = await Promise.all(hosts.map(() => mkdtemp(join(tmpdir(), 'fcn-lab-'))))
    cleanups.push(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))
    const startAll = () => Promise.all(hosts.map((host, index) => start(host, { data: folders[index] as string })))

    const first = await startAll()
    await Promise.all(first.map((node) => node.end('SIGKILL')))
    const again = await startAll()
    const watch = watching(again[0] as LabNode)
    expect(await took('all are seen', () => watch.names().length === 4)).toBeLessThan(5_000)
    const lists = await Promise.all(again.map((node) => node.fcn<{ name: string; urls: string[] }[]>('discover', '--for', '1')))
    for (const [index, list] of lists.entries()) {
      const others = hosts
        .map(({ name }, place) => [name, [`http://10.1.0.${place + 2}:3000`]] as const)
        .filter((_, place) => place !== index)
      expect(Object.fromEntries(list.map(({ name, urls }) => [name, urls]))).toEqual(Object.fromEntries(others))
    }
  })

  it('that one host with two cards joins: it sees both, tells each only its address there, and the two do not see each other', async () => {
    lab = await openLab()
    await Promise.all([lab.lan('home'), lab.lan('workshop')])
    const [left, middle, right] = await Promise.all(['left', 'middle', 'right'].map((name) => lab.host(name)))
    await left?.plug('home', 'eth0', '10.1.0.2/24')
    await middle?.plug('home', 'eth0', '10.1.0.1/24')
    await middle?.plug('workshop', 'eth1', '10.2.0.1/24')
    await right?.plug('workshop', 'eth0', '10.2.0.2/24')
    const [onLeft, onMiddle, onRight] = await Promise.all([left, middle, right].map((host) => start(host as Host)))
    const views = [onLeft, onMiddle, onRight].map((node) => watching(node as LabNode))
    await eventually('all see what they can', () => views.map((view) => String(view.names())).join(' ') === 'middle left,right middle')
    expect(views[0]?.urlsOf('middle')).toEqual(['http://10.1.0.1:3000'])
    expect(views[2]?.urlsOf('middle')).toEqual(['http://10.2.0.1:3000'])
    expect(views[1]?.node('left')?.found.map((way) => way.interface)).toEqual(['eth0'])
    expect(views[1]?.node('right')?.found.map((way) => way.interface)).toEqual(['eth1'])
  })

  it('with two cards in one LAN: one node with both addresses, which does not fight itself', async () => {
    lab = await openLab()
    await lab.lan('home')
    const [one, two] = await Promise.all(['one', 'two'].map((name) => lab.host(name)))
    await one?.plug('home', 'eth0', '10.1.0.2/24')
    await two?.plug('home', 'eth0', '10.1.0.3/24')
    await two?.plug('home', 'eth1', '10.1.0.4/24')
    const [onOne] = await Promise.all([one, two].map((host) => start(host as Host)))
    const view = watching(onOne as LabNode)
    await eventually('both addresses', () => view.node('two')?.urls.length === 2)
    expect(view.names()).toEqual(['two'])
    expect(view.node('two')?.urls.toSorted()).toEqual(['http://10.1.0.3:3000', 'http://10.1.0.4:3000'])
  })

  it('with a bridge of containers beside the LAN: nothing is said there, and its address is told nobody', async () => {
    lab = await openLab()
    await Promise.all([lab.lan('home'), lab.lan('containers')])
    const [server, other, container] = await Promise.all(['server', 'other', 'container'].map((name) => lab.host(name)))
    await server?.plug('home', 'eth0', '10.1.0.2/24')
    await server?.plug('containers', 'docker0', '172.17.0.1/16')
    await container?.plug('containers', 'eth0', '172.17.0.2/16')
    await other?.plug('home', 'eth0', '10.1.0.3/24')
    const listener = listen(container as Host, 'eth0', '172.17.0.2')
    cleanups.push(() => listener[Symbol.dispose]())
    await eventually('the listener listens', () => listener.ready())
    const [onServer, onOther] = await Promise.all([server, other].map((host) => start(host as Host)))
    const view = watching(onOther as LabNode)
    await eventually('the server is seen', () => view.names().length === 1)
    await onServer?.fcn('discover', '--for', '2')
    expect(view.urlsOf('server')).toEqual(['http://10.1.0.2:3000'])
    expect(listener.total()).toBe(0)
    expect((await onServer?.fcn<{ urls: string[] }>('status'))?.urls).toEqual(['http://10.1.0.2:3000'])
  })

  it('of IPv6 only', async () => {
    lab = await openLab()
    await lab.lan('home')
    const [one, two] = await Promise.all(['one', 'two'].map((name) => lab.host(name)))
    await one?.plug('home', 'eth0', 'fd00:1::2/64')
    await two?.plug('home', 'eth0', 'fd00:1::3/64')
    const [onOne, onTwo] = await Promise.all([one, two].map((host) => start(host as Host)))
    const views = [onOne, onTwo].map((node) => watching(node as LabNode))
    await eventually('both see each other', () => views.every((view) => view.names().length === 1))
    expect(views[0]?.urlsOf('two')).toEqual(['http://[fd00:1::3]:3000'])
    expect(views[1]?.urlsOf('one')).toEqual(['http://[fd00:1::2]:3000'])
  })

  it('where two nodes have one name: both are there, each at its own address', async () => {
    lab = await openLab()
    await lab.lan('home')
    const hosts = await Promise.all(['one', 'two', 'three'].map((name) => lab.host(name)))
    for (const [index, host] of hosts.entries()) await host.plug('home', 'eth0', `10.1.0.${index + 2}/24`)
    const [first, second, third] = await Promise.all(
      hosts.map((host, index) => start(host, { args: index === 0 ? [] : ['--name', 'mia'] })),
    )
    const views = [first, second, third].map((node) => watching(node as LabNode))
    await eventually('everybody sees both others', () => views.map((view) => String(view.names())).join(' ') === 'mia,mia mia,one mia,one')
    expect(views[0]?.urlsOf('mia').toSorted()).toEqual(['http://10.1.0.3:3000', 'http://10.1.0.4:3000'])
    expect(views[1]?.urlsOf('mia')).toEqual(['http://10.1.0.4:3000'])
  })

  it('that begin without a cable: nobody is there, and both are seen soon after it is plugged in', async () => {
    lab = await openLab()
    await lab.lan('home')
    const [one, two] = await Promise.all(['one', 'two'].map((name) => lab.host(name)))
    await one?.plug('home', 'eth0', '10.1.0.2/24')
    const [onOne] = await Promise.all([one, two].map((host) => start(host as Host)))
    const view = watching(onOne as LabNode)
    await two?.plug('home', 'eth0', '10.1.0.3/24')
    expect(await took('two is seen', () => view.names().includes('two'))).toBeLessThan(8_000)
  })

  it('where a scan finds a node that does not announce itself', async () => {
    lab = await openLab()
    await lab.lan('home')
    const [one, two] = await Promise.all(['one', 'two'].map((name) => lab.host(name)))
    await one?.plug('home', 'eth0', '10.1.0.2/24')
    await two?.plug('home', 'eth0', '10.1.0.3/24')
    const [onOne, onTwo] = await Promise.all([one, two].map((host) => start(host as Host)))
    await onTwo?.fcn('settings', 'set', 'beSeen', 'off')
    expect(await onOne?.fcn('discover', '--scan')).toMatchObject([{ name: 'two', found: [{ via: 'scan', url: 'http://10.1.0.3:3000' }] }])
  })
})
