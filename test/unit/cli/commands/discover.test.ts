import { describe, expect, it } from 'vitest'
import { diagnosis, discovered, network } from '../../../fixtures/discovery.ts'
import { firstRun } from '../../../fixtures/snapshot.ts'
import { openBench } from '../run-fcn.ts'

const nodes = Object.values(discovered)
const look = { 'discovery.look': () => ({}), 'discovery.list': () => nodes }

describe('fcn discover', () => {
  it('lists what is on the network, with what each is to this node', async () => {
    await using bench = await openBench(look)
    const { code, stdout } = await bench.fcn('discover', '--for', '0')
    expect(code).toBe(0)
    expect(stdout).toMatch(/cellar-nas .* in Garden Lane +192\.168\.1\.20:3000 +announced on Ethernet/u)
    expect(stdout).toMatch(/shed-pi .* in no mesh yet/u)
    expect(stdout).toMatch(/office-box +- +old node/u)
    expect(stdout).toMatch(/oskar-desktop .* in a mesh with this node/u)
  })

  it('says what to do when nobody is there', async () => {
    await using bench = await openBench({ ...look, 'discovery.list': () => [] })
    expect((await bench.fcn('discover', '--for', '0')).stdout).toContain('fcn doctor')
    expect((await bench.fcn('discover', '--for', '0', '--json')).json()).toEqual([])
  })

  it('scans only when told, to the end', async () => {
    let polls = 0
    const scan = { state: 'done' as const, done: 253, total: 253, found: 1, startedAt: 0 }
    await using bench = await openBench({
      ...look,
      'discovery.scan': () => ({ ...scan, state: 'running' }),
      'snapshot.get': () => firstRun({ network: { ...network, scan: polls++ < 1 ? { ...scan, state: 'running' } : scan } }),
    })
    expect((await bench.fcn('discover', '--scan', '--json')).json()).toHaveLength(nodes.length)
    expect(bench.api.received.map(({ name }) => name)).toEqual([
      ...['discovery.look', 'discovery.scan', 'snapshot.get', 'snapshot.get', 'discovery.list'],
    ])
  })
})

describe('fcn doctor', () => {
  it('prints each finding with what to do, and ends with 1 when there is a problem', async () => {
    await using bench = await openBench({ 'doctor.run': () => diagnosis })
    const { code, stdout } = await bench.fcn('doctor')
    expect(code).toBe(1)
    expect(stdout).toContain('PROBLEM  The firewall ufw probably blocks this node')
    expect(stdout).toContain('sudo ufw allow 3000/tcp')
  })

  it('ends with 0 when all is well, and gives one document to programs', async () => {
    const well = { at: 1, findings: diagnosis.findings.slice(0, 1) }
    await using bench = await openBench({ 'doctor.run': () => well })
    const { code, json } = await bench.fcn('doctor', '--json')
    expect([code, json()]).toEqual([0, well])
  })
})
