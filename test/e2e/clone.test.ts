import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Snapshot } from '../../electron/contract/snapshot.ts'
import { eventually } from '../support/eventually.ts'
import { joinedPair } from './joined-pair.ts'
import { type NodeProcess, startNode } from './node-process.ts'

const snapshotOf = async (node: NodeProcess) => (await node.call('snapshot.get')).body.value as Snapshot
const cloneWarnings = async (node: NodeProcess) => Object.keys((await snapshotOf(node)).health).filter((code) => code.startsWith('cloned'))

test('a copied data folder is noticed by both copies and by who sees them, and a new identity ends it', { timeout: 120_000 }, async () => {
  const pair = await joinedPair({ approver: 'anna', joiner: 'ben' })
  await using anna = pair.approver
  await pair.joiner.kill('SIGTERM')
  const copyDir = await mkdtemp(join(tmpdir(), 'fcn-copy-'))
  onTestFinished(async () => {
    for (const dir of [copyDir, pair.joiner.data]) await rm(dir, { recursive: true, force: true, maxRetries: 5 })
  })
  await cp(pair.joiner.data, copyDir, { recursive: true })
  await using original = await startNode({ data: pair.joiner.data })
  await using copy = await startNode({ data: copyDir })
  const { id } = (await snapshotOf(original)).node
  expect((await snapshotOf(copy)).node.id).toBe(id)

  await eventually('all three warn', async () => (await cloneWarnings(anna)).length === 1, 30_000)
  await eventually(
    'both copies warn',
    async () => {
      const both = [await cloneWarnings(original), await cloneWarnings(copy)]
      return both.every((codes) => codes.includes('cloned_here'))
    },
    30_000,
  )
  expect(await cloneWarnings(anna)).toEqual([`cloned:${id}`])

  const refused = await copy.call('identity.renew', { id: (await snapshotOf(anna)).node.id })
  expect(refused).toMatchObject({ status: 400, body: { error: { code: 'invalid_input' } } })
  expect(await copy.call('identity.renew', { id })).toMatchObject({ status: 200, body: { value: { restartNeeded: true } } })
  await copy.kill('SIGTERM')

  await using renewed = await startNode({ data: copyDir })
  const after = await snapshotOf(renewed)
  expect(after.node.id).not.toBe(id)
  expect(after.node.name).toBe('ben')
  expect(after.meshes).toEqual({})
  expect(Object.keys(after.health)).toEqual([])
  const log = (await renewed.call('audit.list')).body.value as { action: string }[]
  expect(log.map(({ action }) => action)).toEqual(expect.arrayContaining(['identity.renewed', 'node.cloned']))
})
