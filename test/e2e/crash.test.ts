import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { NodeView } from '../../electron/contract/snapshot.ts'
import { eventually } from '../support/eventually.ts'
import { joinedPair, peersOf } from './joined-pair.ts'
import { type NodeProcess, startNode } from './node-process.ts'

const running: NodeProcess[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((node) => node.stop()))
})

const stateAt = async (node: NodeProcess, peer: string) => (await peersOf(node)).find(({ name }) => name === peer)?.state

describe('a killed node', () => {
  it('is shown offline, and is the same member again when it is started', async () => {
    const { approver: attic, joiner: mia } = await joinedPair({ approver: 'attic', joiner: 'mia' })
    running.push(attic, mia)
    const before = (await mia.fcn('status', '--json')).json as NodeView
    await mia.kill('SIGKILL')
    await eventually('attic shows mia offline', async () => (await stateAt(attic, 'mia')) === 'offline')

    const again = await startNode({ name: 'mia', port: mia.port, data: mia.data })
    running.push(again)
    await eventually('attic shows mia online', async () => (await stateAt(attic, 'mia')) === 'online')
    await eventually('mia shows attic online', async () => (await stateAt(again, 'attic')) === 'online')
    const after = (await again.fcn('status', '--json')).json as NodeView
    expect(after.id).toBe(before.id)
    expect((await attic.fcn('requests', '--json')).json).toEqual([])
  })

  it('leaves readable settings whenever it dies during 200 writes', async () => {
    let node = await startNode({ name: 'writer' })
    running.push(node)
    let written = 0
    for (const stopAfter of [1, 13, 28, 57, 101]) {
      for (let count = 0; count < stopAfter; count++) {
        const answer = await node.call('settings.update', { name: `writer ${written}`, theme: written % 2 === 0 ? 'dark' : 'light' })
        expect(answer.status).toBe(200)
        written += 1
      }
      // one more is on its way when the process dies
      const last = node.call('settings.update', { name: `writer ${written}` }).catch(() => null)
      await node.kill('SIGKILL')
      await last
      expect(JSON.parse(readFileSync(join(node.data, 'settings.json'), 'utf8'))).toHaveProperty('name')
      node = await startNode({ port: node.port, data: node.data })
      running.push(node)
      const { name } = (await node.fcn('status', '--json')).json as NodeView
      expect([`writer ${written - 1}`, `writer ${written}`]).toContain(name)
    }
    expect(written).toBe(200)
  }, 120_000)
})
