import { describe, expect, it } from 'vitest'
import { defaultHubLimits, type HubView } from '../../../../electron/contract/relay.ts'
import { aTunnel } from '../../../fixtures/hubs.ts'
import { meshView } from '../../../fixtures/views.ts'
import { openBench } from '../run-fcn.ts'

const home = meshView()
const club = meshView({ id: 'CLUB', name: 'Club' })
const hub = (more: Partial<HubView> = {}): HubView => ({
  ...{ id: home.id, on: true, whyNot: null, limits: { members: 32, bytesPerSecond: 5_000_000, bytesPerMonth: 500_000_000_000 } },
  ...{ spokes: 3, pairs: 2, bytesPerSecond: 1_240_000, bytesThisMonth: 312_000_000_000 },
  ...more,
})
const idle = { on: false, spokes: 0, pairs: 0, bytesPerSecond: 0, bytesThisMonth: 0, limits: defaultHubLimits }
const openHubBench = (hubs: HubView[] = [hub()]) =>
  openBench({ 'hub.list': () => hubs, 'hub.set': () => hubs[0] ?? hub(), 'mesh.list': () => [home, club] })

describe('fcn hub', () => {
  it('lists each mesh with what relaying costs now, or why this node may not', async () => {
    const whyNot = { code: 'not_admin' as const, message: 'Only admins relay.' }
    await using bench = await openHubBench([hub(), hub({ id: 'CLUB', ...idle, whyNot })])
    const { stdout } = await bench.fcn('hub')
    expect(stdout.trimEnd().split('\n').map((line) => line.split(/ {2,}/u))).toEqual([
      ['MESH', 'RELAYS', 'MEMBERS', 'PAIRS', 'NOW', 'THIS MONTH'],
      ['Home', 'on', '3 of 32', '2', '1.2 MB of 5.0 MB/s', '312 GB of 500 GB'],
      ['Club', 'no: Only admins relay.', 'up to 128', '-', '-', '-'],
    ]) // prettier-ignore
    expect((await bench.fcn('hub', 'list', '--json')).json()).toHaveLength(2)
  })

  it('says how a mesh comes about where there is none', async () => {
    await using bench = await openHubBench([])
    expect((await bench.fcn('hub')).stdout).toContain('No mesh yet.')
  })

  it('switches on, and says what it gives', async () => {
    await using bench = await openHubBench()
    const { stdout } = await bench.fcn('hub', 'on', '--mesh', 'Home')
    expect(stdout).toContain('This node relays for Home.')
    expect(stdout).toMatch(/^month +500GB +in a calendar month/mu)
    expect(bench.api.received).toContainEqual({ name: 'hub.set', input: { mesh: 'Home', on: true } })
  })

  it('writes names of meshes so that they do nothing to a terminal', async () => {
    await using bench = await openBench({ 'hub.list': () => [hub()], 'mesh.list': () => [meshView({ name: 'Home\u001b[2J' })] })
    expect((await bench.fcn('hub')).stdout).not.toContain('\u001b')
  })
})

describe('fcn hub off', () => {
  const offInput = { name: 'hub.set', input: { on: false } }

  it('needs a word while members are attached, and none otherwise', async () => {
    await using used = await openHubBench()
    expect(await used.fcn('hub', 'off')).toMatchObject({ code: 64, stderr: expect.stringContaining('3 members are attached.') as string })
    expect(used.api.received).not.toContainEqual(offInput)
    await used.fcn('hub', 'off', '--yes')
    expect(used.api.received).toContainEqual(offInput)
    await using unused = await openHubBench([hub({ spokes: 0 })])
    expect((await unused.fcn('hub', 'off')).code).toBe(0)
    expect(unused.api.received).toContainEqual(offInput)
  })

  it('asks a person, about the mesh that is meant', async () => {
    await using bench = await openHubBench([hub(), hub({ id: 'CLUB', spokes: 1 })])
    const { code, stderr } = await bench.run(['hub', 'off', '--mesh', 'Club'], { answers: { 'Stop relaying?': 'no\n' } })
    expect(code).toBe(1)
    expect(stderr).toContain('One member is attached.')
    expect(bench.api.received.map(({ name }) => name)).not.toContain('hub.set')
  })
})

describe('fcn hub set', () => {
  it.each([
    ['--members 32 --bandwidth 5MB/s --month 500GB', { members: 32, bytesPerSecond: 5_000_000, bytesPerMonth: 500_000_000_000 }],
    ['--bandwidth none --month none', { bytesPerSecond: null, bytesPerMonth: null }],
    ['--month 2TB', { bytesPerMonth: 2_000_000_000_000 }],
  ])('%s changes what is named and nothing else', async (args, limits) => {
    await using bench = await openHubBench()
    expect((await bench.fcn('hub', 'set', ...args.split(' '), '--json')).json()).toEqual(hub())
    expect(bench.api.received).toContainEqual({ name: 'hub.set', input: { limits } })
  })

  it.each(['', '--members 0', '--members 2000', '--bandwidth 1kB', '--month 5', '--month lots'])(
    '%s asks nothing of the node',
    async (args) => {
      await using bench = await openHubBench()
      expect((await bench.fcn('hub', 'set', ...args.split(' ').filter(Boolean))).code).toBe(64)
      expect(bench.api.received).toEqual([])
    },
  )
})

describe('fcn tunnels', () => {
  it('lists the hubs through which this node is reached, and what is wrong', async () => {
    const problem = { code: 'timeout' as const, message: 'attic does not answer.' }
    const tunnels = [
      aTunnel('vps', { meshes: [home.id, 'CLUB'], since: Date.now() - 7_200_000 }),
      aTunnel('attic', { meshes: ['GONE'], state: 'down', since: Date.now() - 240_000, latencyMs: null, problem }),
    ]
    await using bench = await openBench({ 'tunnel.list': () => tunnels, 'mesh.list': () => [home, club] })
    const { stdout } = await bench.fcn('tunnels')
    expect(stdout.trimEnd().split('\n').map((line) => line.split(/ {2,}/u))).toEqual([
      ['HUB', 'MESHES', 'STATE', 'LATENCY', 'PROBLEM'],
      ['vps', 'Home, Club', 'up, 2 h ago', '31 ms', '-'],
      ['attic', 'GONE', 'down, 4 min ago', '-', 'attic does not answer.'],
    ]) // prettier-ignore
    expect((await bench.fcn('tunnels', '--json')).json()).toEqual(tunnels)
  })

  it('says so when there are none', async () => {
    await using bench = await openBench({ 'tunnel.list': () => [], 'mesh.list': () => [] })
    expect((await bench.fcn('tunnels')).stdout).toContain('No tunnels')
  })
})
