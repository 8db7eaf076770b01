/**
 * A release says in `latest*.yml` which files belong to it; its makers sign that list (JWS, ES256, with a key that is not on
 * the server), and every package carries the public key. The server, or whoever gets hold of it, can thus offer nothing that
 * the makers did not make. What a system checks by itself (Authenticode, Gatekeeper) comes on top.
 */
import { compactVerify, importSPKI } from 'jose'
import { z } from 'zod'

const file = z.object({
  url: z.string().min(1).max(512),
  sha512: z.string().regex(/^[A-Za-z0-9+/]{86}==$/u, 'a SHA-512 in Base64'),
  size: z.number().int().min(1),
})

/** What is signed. Where a release stands in its roll-out is not: that changes without a new signature. */
export const releaseStatement = z.object({ version: z.string().min(1).max(64), files: z.array(file).min(1).max(32) })
export type ReleaseStatement = z.infer<typeof releaseStatement>

/** The part of `latest*.yml` that matters here; electron-updater passes on fields that it does not know. */
const release = releaseStatement.extend({ signature: z.string().max(16_384).optional() })

export const releaseType = 'fcn-release+jws'
export const releaseAlgorithm = 'ES256'

/** Throws when the release is not signed, or is another one than was signed. `key` is a P-256 public key, SPKI in Base64 on one line. */
export async function checkRelease(given: unknown, key: string): Promise<ReleaseStatement> {
  const { signature, ...stated } = release.parse(given)
  if (signature === undefined) throw new Error('The new version is not signed.')
  const verified = await compactVerify(
    signature,
    await importSPKI(`-----BEGIN PUBLIC KEY-----\n${key}\n-----END PUBLIC KEY-----`, releaseAlgorithm),
    { algorithms: [releaseAlgorithm] },
  )
  if (verified.protectedHeader.typ !== releaseType) throw new Error('The signature of the new version is of another kind.')
  const signed = releaseStatement.parse(JSON.parse(new TextDecoder().decode(verified.payload)))
  if (canonical(signed) !== canonical(stated)) throw new Error('The new version is not the one that was signed.')
  return signed
}

/** Whatever order files and keys came in. */
const canonical = ({ version, files }: ReleaseStatement) =>
  JSON.stringify([
    version,
    ...files.map(({ url, sha512, size }) => [url, sha512, size]).toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  ])
