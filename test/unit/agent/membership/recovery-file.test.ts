import { CompactEncrypt } from 'jose'
import { describe, expect, it } from 'vitest'
import { openRecovery, sealRecovery } from '../../../../electron/agent/membership/recovery-file.ts'
import { createFakeRandom } from '../../../fakes/fake-random.ts'
import { createTestKey } from '../../../fakes/test-identity.ts'

const root = createTestKey()
const member = createTestKey()
const recovery = { mesh: root.id, name: 'Home', key: root.privateKey, members: [{ id: member.id, addresses: ['https://10.0.0.1:3000'] }] }

/** A file whose header asks for other work than ours does. */
const asking = (change: object) =>
  new CompactEncrypt(Buffer.from('{}'))
    .setProtectedHeader({
      ...{ alg: 'dir', enc: 'A256GCM', typ: 'fcn-recovery', kdf: 'scrypt', n: 2 ** 14, r: 8, p: 1, salt: 'A'.repeat(22) },
      ...change,
    })
    .encrypt(new Uint8Array(32))

describe('a recovery file', () => {
  it('gives back what was put in, with line breaks and another form of the same letters', async () => {
    const file = await sealRecovery(recovery, 'caf\u00e9 au lait, please', createFakeRandom(1))
    expect(file).not.toContain('Home')
    const wrapped = ` ${file.match(/.{1,64}/gu)?.join('\r\n') ?? ''}\n`
    const opened = await openRecovery(wrapped, 'cafe\u0301 au lait, please')
    expect(opened).toMatchObject({ mesh: root.id, name: 'Home', rootKey: root.publicKey, members: recovery.members })
    expect(opened.key.equals(root.privateKey)).toBe(true)
    await expect(openRecovery(file, 'caf\u00e9 au lait')).rejects.toMatchObject({ code: 'wrong_passphrase' })
  })

  it('cannot ask for more memory or time than its bounds', async () => {
    for (const change of [{ n: 2 ** 21 }, { n: 2 ** 14 + 1 }, { n: 2 }, { r: 64 }, { p: 1000 }, { kdf: 'none' }, { salt: 'AA' }]) {
      await expect(openRecovery(await asking(change), 'x')).rejects.toMatchObject({ code: 'invalid_input' })
    }
    await expect(openRecovery(await asking({}), 'x')).rejects.toMatchObject({ code: 'wrong_passphrase' })
  })

  it('holds the key of its mesh, not another', async () => {
    const file = await sealRecovery({ ...recovery, key: member.privateKey }, 'a passphrase', createFakeRandom(1))
    await expect(openRecovery(file, 'a passphrase')).rejects.toMatchObject({ code: 'invalid_input' })
  })
})
