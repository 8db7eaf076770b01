import { FcnError } from '../../errors.ts'
import { httpGet } from '../http-check.ts'
import type { CapabilityProvider } from '../provider.ts'

/** Object storage that speaks S3. MinIO is known by its health call; any other by its XML answer to an unsigned `GET /`. */
export const storageProvider: CapabilityProvider = {
  name: 'storage',
  backend: 'an S3 endpoint such as MinIO',
  // MinIO, Garage, SeaweedFS
  usualPlaces: ['http://127.0.0.1:9000', 'http://127.0.0.1:3900', 'http://127.0.0.1:8333'],
  async check(backend, look) {
    const health = await httpGet(backend, '/minio/health/live', look)
    if (health.status === 200 && /minio/iu.test(String(health.headers['server'] ?? ''))) return { detail: 'MinIO' }
    if (health.status === 503) {
      throw new FcnError('backend_failed', `The storage at ${backend.host} says that it is not ready.`, {
        action: 'See the log of the storage program.',
      })
    }
    const root = await httpGet(backend, '/', look)
    if (isS3(root.text)) return { detail: 'S3 storage' }
    throw new FcnError('bad_answer', `The program at ${backend.host} answers, but it does not speak S3.`, {
      action: 'Give the address of the S3 endpoint itself, not of its console (for MinIO usually port 9000).',
    })
  },
}

/** A list of buckets, or an S3 error, which an unsigned request usually gets. */
const isS3 = (text: string): boolean => /^\s*(?:<\?xml[^>]*\?>)?\s*(?:<ListAllMyBucketsResult[\s>]|<Error>\s*<Code>\w+<\/Code>)/u.test(text)
