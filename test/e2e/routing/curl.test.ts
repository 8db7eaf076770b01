import { createHash, randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppService, startAppService } from './app-service.ts'
import { curl, noCurl } from './curl.ts'
import { type Nginx, noNginx, startNginx } from './nginx.ts'
import { type ServingMesh, startServingMesh } from './serving-mesh.ts'

const mebibyte = 2 ** 20
const why = noNginx ?? noCurl()
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

describe.skipIf(why !== null)(`curl, two nodes and a real nginx${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let mesh: ServingMesh
  let app: AppService
  let nginx: Nginx
  const file = randomBytes(16 * mebibyte)
  const text = Buffer.from('All work and no play makes Jack a dull boy.\n'.repeat(200))

  beforeAll(async () => {
    ;[mesh, app] = await Promise.all([startServingMesh(), startAppService()])
    nginx = await startNginx({ app: app.port })
    await writeFile(join(nginx.root, 'file.bin'), file)
    await writeFile(join(nginx.root, 'text.txt'), text)
    await mesh.share('web', [nginx.port])
    await mesh.share('app', [app.port])
  })
  afterAll(async () => {
    await mesh?.stop()
    await nginx?.stop()
    await app?.stop()
  })

  const web = (path: string) => mesh.at('web', path)

  it('gets a file with every byte in place', async () => {
    const { code, bytes } = await curl([web('/file.bin')])
    expect([code, sha256(bytes)]).toEqual([0, sha256(file)])
  })

  it.each([
    ['the middle', '1000000-1000099', file.subarray(1_000_000, 1_000_100)],
    ['the end', '-100', file.subarray(-100)],
    ['from the middle on', `${file.length - 50}-`, file.subarray(-50)],
  ])('gets a range: %s', async (_what, range, expected) => {
    const { statuses, bytes } = await curl(['-r', range, web('/file.bin')])
    expect(statuses).toEqual([206])
    expect(bytes.equals(expected)).toBe(true)
  })

  it('gets two ranges at once, and is told when there is none', async () => {
    const two = await curl(['-i', '-r', '0-9,20-29', web('/text.txt')])
    expect(two.statuses).toEqual([206])
    expect(two.text).toMatch(/content-type: multipart\/byteranges; boundary=/iu)
    expect((await curl(['-r', '99999999-', web('/file.bin')])).statuses).toEqual([416])
  })

  it('resumes a download that was broken off', async () => {
    const path = join(nginx.root, '..', 'part.bin')
    await writeFile(path, file.subarray(0, 3_000_000))
    expect((await curl(['-C', '-', '-o', path, web('/file.bin')])).code).toBe(0)
    expect(sha256(await readFile(path))).toBe(sha256(file))
  })

  it('asks for the head alone, and need not wait for a body', async () => {
    const { code, text: said, seconds } = await curl(['-I', web('/file.bin')])
    expect(code).toBe(0)
    expect(said).toMatch(new RegExp(`content-length: ${file.length}\r`, 'iu'))
    expect(seconds).toBeLessThan(5)
  })

  it('is told that a file has not changed', async () => {
    const { text: head } = await curl(['-I', web('/file.bin')])
    const etag = /^etag: (.*)\r/imu.exec(head)?.[1] ?? ''
    const again = await curl(['-i', '-H', `If-None-Match: ${etag}`, web('/file.bin'), '--next', '-sS', '-r', '0-3', '-w', '%{stderr}status %{http_code} 0', web('/file.bin')])
    expect(again.statuses).toEqual([304, 206])
  }) // prettier-ignore

  it('gets what the service has compressed, as it is', async () => {
    const packed = await curl(['-i', '-H', 'Accept-Encoding: gzip', web('/text.txt')])
    expect(packed.text).toMatch(/content-encoding: gzip/iu)
    expect((await curl(['--compressed', web('/text.txt')])).bytes.equals(text)).toBe(true)
  })

  it('uploads with Expect: 100-continue, without waiting in vain', async () => {
    const args = ['-T', join(nginx.root, 'file.bin'), '-H', 'Expect: 100-continue', '--expect100-timeout', '15']
    const { statuses, seconds } = await curl([...args, web('/up/expected.bin')])
    expect(statuses).toEqual([201])
    expect(seconds).toBeLessThan(10)
    expect(sha256(await readFile(join(nginx.root, 'up/expected.bin')))).toBe(sha256(file))
  })

  it('uploads in chunks of unknown number', async () => {
    expect((await curl(['-T', '-', web('/up/chunked.bin')], file)).statuses).toEqual([201])
    expect(sha256(await readFile(join(nginx.root, 'up/chunked.bin')))).toBe(sha256(file))
  })

  it('hears that a body is too large, instead of a broken connection', async () => {
    const path = join(nginx.root, 'file.bin')
    const { statuses } = await curl(['-T', path, '-H', 'Expect: 100-continue', '--expect100-timeout', '15', web('/up/small/large.bin')])
    expect(statuses).toEqual([413])
  })

  it('is answered, whether the service wants the body or not', async () => {
    const args = ['-T', join(nginx.root, 'file.bin'), '-X', 'POST', '-H', 'Expect: 100-continue', '--expect100-timeout', '15']
    const { code, statuses, seconds } = await curl([...args, '-o', '/dev/null', mesh.at('app', '/refuse')])
    expect(code).toBe(0)
    expect([[417], [200]]).toContainEqual(statuses) // a node that says 100 by itself takes the body and passes it on
    expect(seconds).toBeLessThan(10)
  })

  it('sends several requests over one connection', async () => {
    const { code, statuses } = await curl([web('/text.txt'), web('/text.txt'), web('/text.txt'), '-w', '%{stderr}status %{http_code} 0 new %{num_connects}\n']) // prettier-ignore
    expect([code, statuses]).toEqual([0, [200, 200, 200]])
  })

  it('gets the trailers of nginx', async () => {
    const { text: said } = await curl(['-D', '-', '-o', '/dev/null', web('/trailed/chunked')])
    expect(said).toMatch(/\r\n\r\nx-trailed: yes\r\n/iu)
  })

  it('follows nothing by itself: a redirect reaches the caller', async () => {
    expect((await curl([web('/up')])).statuses).toEqual([301])
  })

  const noHttp2 = noCurl('HTTP2')
  describe.skipIf(noHttp2 !== null)(`with HTTP/2${noHttp2 === null ? '' : ` (skipped: ${noHttp2})`}`, () => {
    it('may offer it, is answered in HTTP/1.1, and goes on with the connection', async () => {
      const { code, bytes, statuses } = await curl(['--http2', web('/text.txt'), web('/text.txt')])
      expect([code, statuses]).toEqual([0, [200, 200]])
      expect(bytes.equals(Buffer.concat([text, text]))).toBe(true)
    })

    it('may offer it with an upload', async () => {
      expect((await curl(['--http2', '-T', join(nginx.root, 'file.bin'), web('/up/offered.bin')])).statuses).toEqual([201])
    })

    it('may know that the node speaks it', async () => {
      const { code, bytes } = await curl(['--http2-prior-knowledge', web('/text.txt')])
      expect(code).toBe(0)
      expect(bytes.equals(text)).toBe(true)
    })
  })
})
