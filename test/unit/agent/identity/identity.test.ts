import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openIdentity } from '../../../../electron/agent/identity/identity.ts'
import { idOfPublicKey } from '../../../../electron/agent/identity/node-id.ts'
import { tempDir } from '../../../fakes/temp-dir.ts'

describe('identity', () => {
  it('is made once and stays the same', async () => {
    const dir = tempDir()
    const made = await openIdentity(dir, { usedBefore: false })
    const again = await openIdentity(dir, { usedBefore: true })
    expect(again.id).toBe(made.id)
    expect(again.tls.cert).toBe(made.tls.cert)
  })

  it('is named by the key in its certificate', async () => {
    const { id, publicKey, tls } = await openIdentity(tempDir(), { usedBefore: false })
    const spki = new X509Certificate(tls.cert).publicKey.export({ type: 'spki', format: 'der' })
    expect(idOfPublicKey(spki)).toBe(id)
    expect(spki.toString('base64url')).toBe(publicKey)
  })

  it('survives the loss of its certificate, which says nothing the key does not', async () => {
    const dir = tempDir()
    const { id } = await openIdentity(dir, { usedBefore: false })
    writeFileSync(join(dir, 'identity.crt'), 'damaged')
    expect((await openIdentity(dir, { usedBefore: true })).id).toBe(id)
  })

  it('is never replaced when the key of a used node is missing', async () => {
    const dir = tempDir()
    await openIdentity(dir, { usedBefore: false })
    rmSync(join(dir, 'identity.key'))
    await expect(openIdentity(dir, { usedBefore: true })).rejects.toMatchObject({ code: 'unreadable_key', exitCode: 78 })
    expect(existsSync(join(dir, 'identity.key'))).toBe(false)
  })

  it.each([
    '',
    'not a key',
    '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n',
  ])('is never replaced when the key file reads %j', async (text) => {
    const dir = tempDir()
    const file = join(dir, 'identity.key')
    writeFileSync(file, text)
    await expect(openIdentity(dir, { usedBefore: true })).rejects.toMatchObject({ code: 'unreadable_key' })
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  it.skipIf(process.platform === 'win32')('keeps its key to its owner', async () => {
    const dir = tempDir()
    await openIdentity(dir, { usedBefore: false })
    expect(statSync(join(dir, 'identity.key')).mode & 0o777).toBe(0o600)
  })
})
