import { existsSync, readFileSync, rmSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insideBuilder, packForLinux, type Packed } from './pack.ts'

const { listPackage, extractFile, statFile } = insideBuilder('@electron/asar') as {
  listPackage(archive: string, options: object): string[]
  extractFile(archive: string, file: string): Buffer
  statFile(archive: string, file: string): { size?: number; files?: object; unpacked?: boolean }
}
const { getCurrentFuseWire } = insideBuilder('@electron/fuses') as {
  getCurrentFuseWire(program: string): Promise<Record<string, number | string>>
}

const root = join(import.meta.dirname, '../../..')
let packed: Packed
let files: string[]

// electron-builder packs for Linux on every system; what differs elsewhere is how files are called here
beforeAll(async () => {
  packed = await packForLinux('-c.extraMetadata.updateKey=a key', '-c.extraMetadata.downloadPage=https://fcn.example/latest')
  files = listPackage(packed.asar, {})
    .map((file) => file.replaceAll('\\', '/').slice(1))
    .filter((file) => statFile(packed.asar, file).files === undefined)
})
afterAll(() => packed && rmSync(packed.folder, { recursive: true, force: true }))

const contentOf = (file: string) => extractFile(packed.asar, file)

describe('the archive of the program', () => {
  test('has what was built, the images it shows, and a description of itself: nothing else', () => {
    const allowed = [
      /^package\.json$/u,
      /^out\/main\/(?:main|engine)\.js$/u,
      /^out\/main\/chunks\/[\w.-]+\.js$/u,
      /^out\/preload\/preload\.cjs$/u,
      /^out\/renderer\/(?:index|reload)\.html$/u,
      /^out\/renderer\/[\w./-]+\.(?:js|css|svg|png|woff2|webmanifest|ico|txt)$/u,
      /^assets\/icon\.png$/u,
      /^assets\/tray\/[\w./@-]+\.png$/u,
    ]
    expect(files.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([])
    for (const needed of ['package.json', 'out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html', 'assets/icon.png'])
      expect(files).toContain(needed)
    expect(files.some((file) => /^assets\/tray\/.*\.png$/u.test(file))).toBe(true)
  })

  test('has no sources, no maps to them, no libraries, and neither of the other two programs', () => {
    expect(files.filter((file) => /\.(?:ts|tsx|map)$|node_modules|^(?:electron|renderer|test)\/|headless|cli\.js/u.test(file))).toEqual([])
    for (const file of files.filter((file) => /\.(?:js|cjs|css)$/u.test(file)))
      expect(contentOf(file).includes('sourceMappingURL=')).toBe(false)
  })

  test('has nothing outside it: what is not in the archive is not checked by its fuse', () => {
    expect(existsSync(`${packed.asar}.unpacked`)).toBe(false)
  })

  test('describes the program without its tools and scripts, and with what the release says', () => {
    const description = JSON.parse(contentOf('package.json').toString()) as Record<string, unknown>
    expect(description).toMatchObject({ name: 'free-compute-node', main: 'out/main/main.js', desktopName: 'free-compute-node.desktop' })
    expect(description).toMatchObject({ updateKey: 'a key', downloadPage: 'https://fcn.example/latest' })
    for (const key of ['devDependencies', 'scripts', 'optionalDependencies', 'bin']) expect(description[key] ?? null, key).toBeNull()
  })

  test('loads nothing that is not in it: every import is Electron, Node or a file beside', () => {
    const scripts = files.filter((file) => /^out\/(?:main|preload)\/.*\.c?js$/u.test(file))
    const imports = scripts.flatMap((file) =>
      [
        ...contentOf(file)
          .toString()
          .matchAll(/^(?:import|export)\b[^'"\n]*?from\s*"([^"]+)"|^import\s*"([^"]+)"|\brequire\("([^"]+)"\)/gmu),
      ].map(([, a, b, c]) => a ?? b ?? c ?? ''),
    )
    expect(imports.length).toBeGreaterThan(10)
    const { builtinModules } = process.getBuiltinModule('node:module')
    // texts of ajv for code that it could write into files
    const written = ['ajv/dist/runtime/validation_error', 'ajv-formats/dist/formats']
    const known = (name: string) =>
      /^(?:electron$|electron\/|\.|node:)/u.test(name) || builtinModules.includes(name) || written.includes(name)
    expect([...new Set(imports.filter((name) => !known(name)))]).toEqual([])
  })
})

describe('no file of it', () => {
  const secrets = [
    ['a private key', /-----BEGIN (?:EC |RSA |OPENSSH )?PRIVATE KEY-----\s*\\?n?[A-Za-z0-9+/=]{40}/u],
    ['a token of GitHub', /\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{50}/u],
    ['a token of npm', /\bnpm_[A-Za-z0-9]{36}\b/u],
    ['a key of a cloud', /\bAKIA[0-9A-Z]{16}\b|\bAIza[\w-]{35}\b/u],
    ['a password in an address', /\b[a-z]+:\/\/[^/\s:@"'`$]+:[^/\s:@"'`$]+@[a-z0-9.-]+\.[a-z]{2,}/iu],
  ] as const

  test.each(secrets)('has %s', (_what, pattern) => {
    expect(files.filter((file) => pattern.test(contentOf(file).toString('latin1')))).toEqual([])
  })

  test('names the machine on which it was built, or its user', () => {
    const { username } = userInfo()
    const names = [root, homedir(), ...(username.length > 4 ? [`/${username}/`] : [])].filter((name) => name.length > 5)
    expect(files.filter((file) => names.some((name) => contentOf(file).includes(name)))).toEqual([])
  })
})

describe('the program beside it', () => {
  test('has its fuses as electron-builder.yml says, read back from the file', async () => {
    const { version, ...fuses } = await getCurrentFuseWire(packed.program)
    expect(version).toBe('1')
    // in Electron's order, "0" is off; the seventh and the ninth are as they came
    const wire = Object.values(fuses).map((state) => String.fromCharCode(Number(state)))
    expect(wire.join('')).toBe('010011000')
  })

  test('keeps the licences of Electron and Chromium beside it', () => {
    for (const name of ['LICENSE.electron.txt', 'LICENSES.chromium.html']) expect(existsSync(join(packed.app, name)), name).toBe(true)
  })

  test('has nowhere to get updates from unless the release workflow says where', () => {
    expect(existsSync(join(packed.app, 'resources/app-update.yml'))).toBe(false)
  })

  test('is the very archive that was listed', () => {
    expect(readFileSync(packed.asar).length).toBeGreaterThan(500_000)
  })
})
