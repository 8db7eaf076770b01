import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Configuration } from 'electron-builder'
import { beforeAll, expect, test } from 'vitest'

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

test('fits the schema of electron-builder', async () => {
  await expect(validateConfiguration(configuration, new DebugLogger(false))).resolves.toBeUndefined()
})

test('names icons that exist', () => {
  for (const platform of [configuration.linux, configuration.mac, configuration.win])
    expect(existsSync(join(root, String(platform?.icon)))).toBe(true)
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
