import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Configuration } from 'electron-builder'
import { beforeAll, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

// electron-builder keeps its schema inside: reached by the way it takes itself
const inside = createRequire(createRequire(import.meta.url).resolve('electron-builder'))
const { getConfig, validateConfiguration } = inside('app-builder-lib/out/util/config/config.js') as {
  getConfig(root: string, file: string, options: null): Promise<Configuration>
  validateConfiguration(configuration: Configuration, log: object): Promise<void>
}
const { DebugLogger } = inside('builder-util') as { DebugLogger: new (enabled: boolean) => object }
let configuration: Configuration

// read as electron-builder itself reads it
beforeAll(async () => void (configuration = await getConfig(root, 'electron-builder.yml', null)))

function targets(platform: 'linux' | 'mac' | 'win') {
  const listed = (configuration[platform]?.target ?? []) as { target: string; arch: string[] }[]
  return Object.fromEntries(listed.map(({ target, arch }) => [target, arch] as const))
}

test('fits the schema of electron-builder', async () => {
  await expect(validateConfiguration(configuration, new DebugLogger(false))).resolves.toBeUndefined()
})

test('makes every package that is promised, for every processor', () => {
  expect(targets('linux')).toEqual({ AppImage: ['x64', 'arm64'], deb: ['x64', 'arm64'], rpm: ['x64', 'arm64'] })
  expect(targets('win')).toEqual({ nsis: ['x64', 'arm64'], portable: ['x64'] })
  expect(targets('mac')).toEqual({ dmg: ['universal'], zip: ['universal'] })
})

test('names files that exist', () => {
  const { linux, mac, win, deb, rpm, nsis } = configuration
  const files = [
    linux?.icon,
    mac?.icon,
    win?.icon,
    mac?.entitlements,
    mac?.entitlementsInherit,
    deb?.afterRemove,
    rpm?.afterRemove,
    nsis?.include,
  ]
  for (const file of files) expect(existsSync(join(root, String(file))), String(file)).toBe(true)
})

test('names artifacts without spaces, each with another name', () => {
  const names = [configuration.artifactName, configuration.nsis?.artifactName, configuration.portable?.artifactName]
  for (const name of names) expect(name).toMatch(/^\S+$/u)
  expect(new Set(names).size).toBe(3)
})

test('closes every fuse that lets others into the program', () => {
  expect(configuration.electronFuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  })
})

test('packs the built program and its images, no sources and no libraries', () => {
  const patterns = JSON.stringify(configuration.files)
  expect(patterns).toContain('out/**')
  expect(patterns).toContain('!node_modules/**')
  expect(patterns).not.toMatch(/"(electron|renderer|test)/)
})

describe('the system', () => {
  test('opens invites with the program', () => {
    expect(configuration.protocols).toMatchObject([{ schemes: ['fcn'] }])
  })

  test('knows the window of the program by the name of its desktop file', () => {
    const { desktopName } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { desktopName: string }
    expect(configuration.linux?.syncDesktopName).toBe(true)
    expect(desktopName).toBe(`${configuration.linux?.executableName}.desktop`)
  })

  test('lists the actions of the desktop file that it describes, and no others', () => {
    for (const { desktop } of [configuration.deb, configuration.rpm].map((options) => options ?? {})) {
      const listed = String(desktop?.entry?.['Actions']).split(';').filter(Boolean)
      expect(listed).toEqual(Object.keys(desktop?.desktopActions ?? {}))
      expect(desktop?.entry?.['Keywords']).toContain('mesh')
    }
  })

  test('is told why macOS asks about the local network, and is asked for nothing but what V8 needs', () => {
    const { extendInfo, entitlements, hardenedRuntime } = configuration.mac ?? {}
    expect(extendInfo).toMatchObject({ NSLocalNetworkUsageDescription: expect.stringContaining('this network') as string })
    expect(extendInfo).toMatchObject({ NSBonjourServices: ['_freecompute._tcp'], LSUIElement: true })
    expect(hardenedRuntime).toBe(true)
    const keys = [...readFileSync(join(root, String(entitlements)), 'utf8').matchAll(/<key>([^<]+)<\/key>/gu)].map(([, key]) => key)
    expect(keys).toEqual(['com.apple.security.cs.allow-jit'])
  })

  test('keeps settings and keys when the program is removed', () => {
    expect(configuration.nsis).toMatchObject({ deleteAppDataOnUninstall: false, perMachine: false, oneClick: false })
  })
})
