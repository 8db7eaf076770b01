import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { request } from 'undici'
import type { NodeView } from '../../../electron/contract/snapshot.ts'
import { eventually } from '../../support/eventually.ts'
import { type NodeProcess, startNode } from '../node-process.ts'
import { type ServingMesh, startServingMesh, valueOf } from './serving-mesh.ts'

let mesh: ServingMesh
const programs: { stop(): void }[] = []

/** A program that answers with a name. */
async function startProgram(name: string): Promise<number> {
  const server = createServer((_request, response) => void response.end(name)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  programs.push({ stop: () => server.close().closeAllConnections() })
  return (server.address() as AddressInfo).port
}

const served = (index: number) => mesh.serving[index] as NodeProcess
const ask = async (path: string) => {
  const answer = await request(`${mesh.caller.url}${path}`)
  const text = await answer.body.text()
  return { status: answer.statusCode, text, code: answer.headers['x-fcn-error'] }
}
const askCompute = () => ask('/capabilities/any/compute/')
const askAttic = () => ask('/services/any/attic/box/')
const stateOf = async (node: NodeProcess) => ((await node.fcn('status', '--json')).json as NodeView).state
const clockText = (minutes: number) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
/** Who would be asked for compute now, and why others would not. */
const choice = async () => {
  const { candidates, leftOut } = await valueOf(mesh.caller, 'route.explain', { capability: 'compute' })
  return { asked: candidates.map(({ name }) => name).toSorted(), attic: leftOut.find(({ name }) => name === 'attic')?.why }
}

beforeAll(async () => {
  mesh = await startServingMesh(['attic', 'cellar'])
  const ports = [await startProgram('attic'), await startProgram('cellar')]
  for (const [index, port] of ports.entries()) {
    await valueOf(served(index), 'capability.set', { name: 'compute', enabled: true, backend: `http://127.0.0.1:${port}` })
  }
  await mesh.share('box', ports)
  await eventually('mia would ask both', async () => (await choice()).asked.join() === 'attic,cellar')
})
afterAll(async () => {
  await mesh?.stop()
  for (const program of programs) program.stop()
})

describe('a node that is paused by its person', () => {
  it('refuses its peers at once, says why not to ask it, and others are asked instead', async () => {
    expect((await served(0).fcn('pause', '--for', '1h')).code).toBe(0)
    expect(await askAttic()).toMatchObject({ status: 503, code: 'paused' })
    for (let count = 0; count < 10; count++) expect(await askCompute()).toMatchObject({ status: 200, text: 'cellar' })
    await eventually('mia knows', async () => (await choice()).attic === 'paused')
    expect(await stateOf(served(0))).toBe('paused')
    expect((await request(`${served(0).url}/capabilities/any/compute/`)).statusCode).toBe(200)
  })

  it('is still paused when it is started again', async () => {
    const { name, data, port, kill } = served(0)
    await kill()
    mesh.serving[0] = await startNode({ name, data, port })
    expect(await stateOf(served(0))).toBe('paused')
    await eventually('mia hears that it is there, and paused', async () => (await choice()).attic === 'paused')
    expect(await askAttic()).toMatchObject({ status: 503, code: 'paused' })
  })

  it('leaves nobody to ask when all are paused, and that is what is said', async () => {
    await valueOf(served(1), 'sharing.pause', { for: 'resumed' })
    expect(await askCompute()).toMatchObject({ status: 503, code: 'paused' })
    await valueOf(served(1), 'sharing.resume', {})
    await eventually('cellar serves again', async () => (await askCompute()).text === 'cellar')
  })

  it('serves again once somebody resumes, and both are in its log', async () => {
    expect((await served(0).fcn('resume')).stdout).toBe('Sharing goes on.\n')
    await eventually('attic serves again', async () => (await askAttic()).text === 'attic')
    await eventually('mia would ask both', async () => (await choice()).asked.join() === 'attic,cellar')
    const log = await valueOf(served(0), 'audit.list', { action: 'sharing' })
    expect(log.map(({ action, details }) => [action, details])).toEqual([
      ['sharing.resumed', {}],
      ['sharing.paused', { for: 'hour' }],
    ])
  })
})

describe('a condition of a capability', () => {
  it('pauses that one alone, for peers alone, and shows who used it', async () => {
    const [attic] = mesh.serving as [NodeProcess]
    const now = new Date()
    const later = (now.getHours() * 60 + now.getMinutes() + 720) % 1_440
    const hours = [later, (later + 1) % 1_440].map(clockText).join('-')
    const set = await attic.fcn('capability', 'compute', 'conditions', '--hours', hours, '--json')
    expect(set.json).toMatchObject({ state: 'paused', paused: { why: 'hours' } })
    await eventually('mia knows', async () => (await choice()).attic === 'paused')
    expect(await askAttic()).toMatchObject({ status: 200, text: 'attic' })
    expect(await stateOf(attic)).not.toBe('paused')
    const cellar = (await valueOf(served(1), 'capability.list', {})).find(({ name }) => name === 'compute')
    expect(cellar?.usedBy).toMatchObject([{ name: 'mia' }])
  })
})
