import 'reflect-metadata'
import { generateKeyPairSync } from 'node:crypto'
import * as x509 from '@peculiar/x509'

/** A self-signed P-256 certificate of some `bytes`, with its key. */
export async function largeCertificate(bytes: number): Promise<{ key: string; cert: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { subtle } = globalThis.crypto
  const keys = {
    privateKey: await subtle.importKey('pkcs8', privateKey.export({ type: 'pkcs8', format: 'der' }), algorithm, false, ['sign']),
    publicKey: await subtle.importKey('spki', publicKey.export({ type: 'spki', format: 'der' }), algorithm, true, ['verify']),
  }
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=large',
    notBefore: new Date('2020-01-01T00:00:00Z'),
    notAfter: new Date('9999-12-31T23:59:59Z'),
    signingAlgorithm: algorithm,
    keys,
    extensions: [new x509.Extension('1.3.6.1.4.1.99999.1', false, new Uint8Array(bytes))],
  })
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, cert: certificate.toString('pem') }
}
