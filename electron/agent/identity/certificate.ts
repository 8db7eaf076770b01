import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'

/**
 * A self-signed certificate around the node's key, in PEM. Only the key inside is ever trusted, by its hash, so the
 * names and dates in it mean nothing: the end date is RFC 5280's "no well-defined expiration" (section 4.1.2.5).
 * ECDSA P-256 with digitalSignature and both extended usages is what Node's OpenSSL and Electron's BoringSSL accept.
 */
export async function makeCertificate(privateKey: KeyObject, commonName: string): Promise<string> {
  // loaded when needed: once per node, and it is slow to load
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const { subtle } = globalThis.crypto
  const keys = {
    privateKey: await subtle.importKey('pkcs8', privateKey.export({ type: 'pkcs8', format: 'der' }), algorithm, false, ['sign']),
    publicKey: await subtle.importKey('spki', createPublicKey(privateKey).export({ type: 'spki', format: 'der' }), algorithm, true, [
      'verify',
    ]),
  }
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: '01',
      name: `CN=${commonName}`,
      notBefore: new Date('2020-01-01T00:00:00Z'),
      notAfter: new Date('9999-12-31T23:59:59Z'),
      signingAlgorithm: algorithm,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth]),
        new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: commonName.toLowerCase() }]),
      ],
    },
    globalThis.crypto,
  )
  return certificate.toString('pem')
}

/** Whether `pem` is a certificate for exactly this key. */
export function certifies(pem: string, privateKey: KeyObject): boolean {
  try {
    return new X509Certificate(pem).checkPrivateKey(privateKey)
  } catch {
    return false // not a certificate at all: the caller makes a new one
  }
}
