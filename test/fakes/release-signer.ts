import { CompactSign, exportSPKI, generateKeyPair } from 'jose'
import { releaseAlgorithm, releaseType } from '../../electron/shell/updates/signed-release.ts'

/** Makers of the program, with a key of their own. */
export async function createReleaseSigner() {
  const { publicKey, privateKey } = await generateKeyPair(releaseAlgorithm, { extractable: true })
  return {
    privateKey,
    /** On one line, as packages carry it. */
    publicKey: (await exportSPKI(publicKey)).replaceAll(/-----[^-]+-----|\n/gu, ''),
    sign: (statement: unknown, typ = releaseType) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(statement)))
        .setProtectedHeader({ alg: releaseAlgorithm, typ })
        .sign(privateKey),
  }
}
