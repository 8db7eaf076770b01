/** The real electron-updater, over a real server, with a real file to replace: everything but Electron itself. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { systemClock as clock } from '../../../electron/agent/support/clock.ts'
import { createElectronSource } from '../../../electron/shell/updates/electron-source.ts'
import { SafeAppImageUpdater } from '../../../electron/shell/updates/safe-app-image.ts'
import { createKeptLog } from '../../fakes/kept-log.ts'
import { createReleaseSigner } from '../../fakes/release-signer.ts'
import { startReleaseServer } from '../../fakes/release-server.ts'
import { tempDir } from '../../fakes/temp-dir.ts'

// the executor that electron-builder itself uses, in place of Chromium's network; `download` as electron-updater has it
interface Request {
  headers?: object
}
interface Download {
  headers?: object | null
  cancellationToken: {
    createPromise<T>(work: (resolve: (value: T) => void, reject: (error: Error) => void, onCancel: unknown) => void): Promise<T>
  }
}
const inside = createRequire(createRequire(import.meta.url).resolve('electron-builder'))
const { httpExecutor } = inside('builder-util') as { httpExecutor: { doDownload(...given: unknown[]): void } }
const { configureRequestOptions, configureRequestUrl } = inside('builder-util-runtime') as {
  configureRequestOptions(request: Request): void
  configureRequestUrl(url: URL, request: Request): void
}
const networkOfNode = Object.assign(Object.create(httpExecutor) as typeof httpExecutor, {
  download(url: URL, destination: string, options: Download): Promise<string> {
    return options.cancellationToken.createPromise((resolve, reject, onCancel) => {
      const request: Request = { headers: options.headers ?? {} }
      configureRequestUrl(url, request)
      configureRequestOptions(request)
      const callback = (error: Error | null) => (error ? reject(error) : resolve(destination))
      networkOfNode.doDownload(request, { destination, options, onCancel, callback, responseHandler: null }, 0)
    })
  },
})

let makers: Awaited<ReturnType<typeof createReleaseSigner>>
let server: Awaited<ReturnType<typeof startReleaseServer>>

beforeAll(async () => {
  makers = await createReleaseSigner()
  server = await startReleaseServer(makers)
})
afterAll(() => server.stop())
beforeEach(() => void (server.asked.length = 0))

/** An AppImage in a folder with a space, and the parts that look for a newer one. */
function installed(version = '1.0.0') {
  const dir = tempDir()
  const place = join(dir, 'my apps', 'Free Compute Node.AppImage')
  mkdirSync(join(dir, 'my apps'))
  writeFileSync(place, 'old', { mode: 0o755 })
  vi.stubEnv('APPIMAGE', place)
  const updater = new SafeAppImageUpdater(
    { provider: 'generic', url: server.url },
    {
      ...{ version, name: 'free-compute-node', isPackaged: true, appUpdateConfigPath: join(dir, 'app-update.yml') },
      ...{ userDataPath: join(dir, 'data'), baseCachePath: join(dir, 'cache') },
      ...{ whenReady: async () => {}, relaunch: () => {}, quit: () => {}, onQuit: () => {} },
    },
  )
  Object.assign(updater, { httpExecutor: networkOfNode })
  updater.setFeedURL({ provider: 'generic', url: server.url })
  writeFileSync(join(dir, 'app-update.yml'), `provider: generic\nurl: ${server.url}\nupdaterCacheDirName: fcn\n`)
  const quits: string[] = []
  const source = createElectronSource({ clock, log: createKeptLog(), updater, quit: () => quits.push('quit') }, { key: makers.publicKey })
  return { dir, place, source, quits, signal: AbortSignal.timeout(20_000) }
}

describe.skipIf(process.platform === 'win32')('an AppImage', () => {
  test('is replaced in its place by the newer one that its makers signed, under its own name', async () => {
    await server.offer({ version: '1.1.0', content: 'new' })
    const { place, source, quits, signal } = installed()
    expect(await source.find(signal)).toEqual({ version: '1.1.0' })
    await source.download(() => {}, signal)
    expect(readFileSync(place, 'utf8')).toBe('old')
    await source.install()
    expect(readFileSync(place, 'utf8')).toBe('new')
    expect(readdirSync(join(place, '..'))).toEqual(['Free Compute Node.AppImage'])
    expect(quits).toEqual(['quit'])
  })

  test('stays when there is nothing newer, and never becomes an older one', async () => {
    await server.offer({ version: '1.1.0', content: 'new' })
    const { signal, source } = installed('1.1.0')
    expect(await source.find(signal)).toBeNull()
    expect(await installed('1.2.0').source.find(signal)).toBeNull()
  })

  test('stays when its roll-out has not come here', async () => {
    await server.offer({ version: '1.1.0', content: 'new', share: 0 })
    const { source, signal } = installed()
    expect(await source.find(signal)).toBeNull()
    await server.offer({ version: '1.1.0', content: 'new', share: 100 })
    expect(await source.find(signal)).toEqual({ version: '1.1.0' })
  })

  test('stays when what is offered was signed by somebody else, or is another file than was signed', async () => {
    const others = await createReleaseSigner()
    await server.offer({ version: '1.1.0', content: 'new', signature: await others.sign({ version: '1.1.0', files: [] }) })
    const first = installed()
    await expect(first.source.find(first.signal)).rejects.toThrow('signature')

    await server.offer({ version: '1.1.0', content: 'new', served: 'evil' })
    const second = installed()
    await second.source.find(second.signal)
    await expect(second.source.download(() => {}, second.signal)).rejects.toThrow(/checksum/u)
    await expect(second.source.install()).rejects.toThrow(/filepath/u)
    expect([readFileSync(second.place, 'utf8'), second.quits]).toEqual(['old', []])
  })

  test('stays when the new one cannot be put in its place', async () => {
    await server.offer({ version: '1.1.0', content: 'new' })
    const { place, source, quits, signal } = installed()
    await source.find(signal)
    await source.download(() => {}, signal)
    // a folder in the place of the file that is written first: fails for root, too
    mkdirSync(join(place, '..', '.Free Compute Node.AppImage.new', 'x'), { recursive: true })
    await expect(source.install()).rejects.toThrow(Error)
    expect([readFileSync(place, 'utf8'), quits]).toEqual(['old', []])
  })

  test('tells the server nothing that names this copy', async () => {
    await server.offer({ version: '1.1.0', content: 'new', share: 50 })
    const first = installed()
    await first.source.find(first.signal)
    const second = installed()
    await second.source.find(second.signal)
    const told = server.asked.map(({ headers }) => JSON.stringify({ ...headers, host: '' }))
    expect(told.length).toBeGreaterThan(1)
    expect(new Set(told).size).toBe(1)
  })
})
