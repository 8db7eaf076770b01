/**
 * Signs the files that `latest*.yml` offer, so that installed apps take them (electron/shell/updates/signed-release.ts):
 * `node assets/release/sign-release.ts latest.yml …`, with the makers' private key (PEM, PKCS #8, P-256) in UPDATE_SIGNING_KEY.
 * A pair is made by `openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt` and
 * `openssl ec -pubout`; the public half is the repository's variable UPDATE_PUBLIC_KEY.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { CompactSign, importPKCS8 } from 'jose'
import { releaseAlgorithm, releaseType } from '../../electron/shell/updates/signed-release.ts'
import { statementIn, withField } from './release-statement.ts'

const pem = process.env['UPDATE_SIGNING_KEY'] ?? ''
if (pem === '') throw new Error('UPDATE_SIGNING_KEY is not set.')
const key = await importPKCS8(pem, releaseAlgorithm)

for (const path of process.argv.slice(2)) {
  const statement = new TextEncoder().encode(JSON.stringify(statementIn(path)))
  const signature = await new CompactSign(statement).setProtectedHeader({ alg: releaseAlgorithm, typ: releaseType }).sign(key)
  writeFileSync(path, withField(readFileSync(path, 'utf8'), 'signature', signature))
  console.log(`signed ${path}`)
}
