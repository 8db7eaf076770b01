import { createHash } from 'node:crypto'
import { beforeAll, expect, it } from 'vitest'
import { checkRelease } from '../../../../electron/shell/updates/signed-release.ts'
import { createReleaseSigner } from '../../../fakes/release-signer.ts'

const file = (url: string, content = url) => ({ url, sha512: createHash('sha512').update(content).digest('base64'), size: content.length })
const release = { version: '1.1.0', files: [file('fcn-1.1.0.AppImage'), file('fcn-1.1.0.exe')] }
let makers: Awaited<ReturnType<typeof createReleaseSigner>>
let signature: string

beforeAll(async () => {
  makers = await createReleaseSigner()
  signature = await makers.sign(release)
})

it('takes what its makers signed, wherever the roll-out stands and whatever else the server says', async () => {
  const given = {
    ...release,
    signature,
    stagingPercentage: 10,
    releaseDate: 'today',
    files: release.files.map((each) => ({ ...each, blockMapSize: 3 })),
  }
  await expect(checkRelease(given, makers.publicKey)).resolves.toEqual(release)
  await expect(checkRelease({ ...given, files: given.files.toReversed() }, makers.publicKey)).resolves.toMatchObject({ version: '1.1.0' })
})

it.each([
  ['no signature', { signature: undefined }, /not signed/u],
  ['another version', { version: '1.2.0' }, /not the one/u],
  ['another file', { files: [file('fcn-1.1.0.AppImage', 'evil'), file('fcn-1.1.0.exe')] }, /not the one/u],
  ['one file more', { files: [...release.files, file('evil.exe')] }, /not the one/u],
  ['one file less', { files: [file('fcn-1.1.0.exe')] }, /not the one/u],
  ['a version that was signed before', { ...release, version: '1.0.9', files: [file('old')] }, /not the one/u],
])('refuses %s', async (_name, change, why) => {
  await expect(checkRelease({ ...release, signature, ...change }, makers.publicKey)).rejects.toThrow(why)
})

it('refuses the signature of somebody else, one of another kind, and one without a key', async () => {
  const others = await createReleaseSigner()
  await expect(checkRelease({ ...release, signature: await others.sign(release) }, makers.publicKey)).rejects.toThrow('signature')
  await expect(checkRelease({ ...release, signature: await makers.sign(release, 'admission+jws') }, makers.publicKey)).rejects.toThrow(
    'another kind',
  )
  const [, payload] = signature.split('.')
  const none = `${Buffer.from(JSON.stringify({ alg: 'none', typ: 'fcn-release+jws' })).toString('base64url')}.${payload}.`
  await expect(checkRelease({ ...release, signature: none }, makers.publicKey)).rejects.toThrow(Error)
})

it('refuses what is no release', async () => {
  for (const given of [
    null,
    'x',
    {},
    { version: '1.1.0', files: [], signature },
    { ...release, files: [{ url: 'x', sha512: 'short', size: 1 }], signature },
  ])
    await expect(checkRelease(given, makers.publicKey)).rejects.toThrow(Error)
})
