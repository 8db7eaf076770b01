import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Snapshot } from '../../../electron/contract/snapshot.ts'
import type { Desktop } from '../../fakes/desktop-host/desktop.ts'
import { startNode } from '../node-process.ts'
import { call, shownWindow, useApp } from './app.ts'

const app = useApp()
const keyText = () => readFile(join(app.dataDir(), 'identity.key'), 'utf8')

async function valueOf<T>(desktop: Desktop, name: string, input: unknown = {}): Promise<T> {
  const result = (await call(await shownWindow(desktop), name, input)) as { ok: boolean; value: T }
  expect(result, name).toMatchObject({ ok: true })
  return result.value
}

async function quit(desktop: Desktop): Promise<void> {
  await desktop.choose('Quit')
  expect(await desktop.exitCode).toBe(0)
}

test('a node goes from the desktop app to headless and back without losing its key, or a setting', async () => {
  const first = await app.start()
  const { node } = await valueOf<Snapshot>(first, 'snapshot.get')
  expect(node.keyProtection).toEqual({ kind: 'keystore', backend: 'gnome_libsecret', why: null })
  const wrapped = await keyText()
  expect(wrapped).toMatch(/^fcn-wrapped-key 1 gnome_libsecret /u)
  await quit(first)

  const refusal = await startNode({ data: app.dataDir() }).catch(String)
  expect(refusal).toContain(`The key file ${join(app.dataDir(), 'identity.key')} is protected by the system's key store`)
  expect(refusal).toContain('turn off "Protect the keys with the system\'s key store"')
  expect(await keyText()).toBe(wrapped)

  const second = await app.start()
  await valueOf(second, 'settings.update', { protectKeys: false, name: 'cellar-nas', theme: 'dark', notifyPeers: true })
  await expect.poll(keyText, { timeout: 40_000 }).toMatch(/^-----BEGIN PRIVATE KEY-----/u)
  expect((await valueOf<Snapshot>(second, 'snapshot.get')).node.keyProtection).toMatchObject({
    kind: 'file',
    why: expect.any(String) as string,
  })
  await quit(second)

  const headless = await startNode({ data: app.dataDir() })
  const answer = await headless.call('node.get')
  expect(answer.body.value).toMatchObject({ id: node.id, keyProtection: { kind: 'file', backend: null, why: null } })
  expect((await headless.call('settings.get')).body.value).toMatchObject({ name: 'cellar-nas', theme: 'dark', notifyPeers: true })
  await headless.call('settings.update', { protectKeys: true, auditDays: 30 })
  await headless.stop()
  expect(await keyText()).toMatch(/^-----BEGIN PRIVATE KEY-----/u)

  const third = await app.start()
  const moved = await valueOf<Snapshot>(third, 'snapshot.get')
  expect(moved.node).toMatchObject({ id: node.id, keyProtection: { kind: 'keystore' } })
  expect(moved.settings).toMatchObject({ theme: 'dark', notifyPeers: true, auditDays: 30 })
  expect(await keyText()).toMatch(/^fcn-wrapped-key /u)
})

test('a key store of another user opens nothing, changes nothing and makes no new node', async () => {
  const first = await app.start()
  await shownWindow(first)
  await quit(first)
  const wrapped = await keyText()

  for (const keyStore of [{ secret: 'of another user' }, { backend: 'basic_text' }]) {
    const stranger = await app.startWith(keyStore)
    expect(await stranger.exitCode).toBe(78)
    expect(stranger.dialogs()[0]?.content).toContain("cannot be opened with the system's key store")
    expect(await keyText()).toBe(wrapped)
  }
})

test('a desktop without a key store keeps the key in a file and says why', async () => {
  const desktop = await app.startWith({ backend: 'basic_text' })
  const { node, health } = await valueOf<Snapshot>(desktop, 'snapshot.get')
  expect(node.keyProtection).toEqual({ kind: 'file', backend: null, why: expect.stringContaining('basic_text') as string })
  expect(health['keys_in_files']).toMatchObject({ severity: 'info' })
  expect(await keyText()).toMatch(/^-----BEGIN PRIVATE KEY-----/u)
})

test('a damaged key file stops the app and is left as it is', async () => {
  const first = await app.start()
  await shownWindow(first)
  await quit(first)
  await writeFile(join(app.dataDir(), 'identity.key'), 'damaged')
  const second = await app.start()
  expect(await second.exitCode).toBe(78)
  expect(await keyText()).toBe('damaged')
})
