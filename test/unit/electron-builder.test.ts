import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { validateConfiguration } from 'app-builder-lib/out/util/config/config.js'
import { DebugLogger } from 'builder-util'
import { beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
let configuration: Parameters<typeof validateConfiguration>[0] & { files: string[]; electronFuses: object }

beforeAll(() => {
  configuration = load(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as typeof configuration
})

test('fits the schema of electron-builder', async () => {
  await expect(validateConfiguration(configuration, new DebugLogger(false))).resolves.toBeUndefined()
})

test('names icons that exist', () => {
  for (const { icon } of [configuration.linux, configuration.mac, configuration.win] as { icon: string }[])
    expect(existsSync(join(root, icon))).toBe(true)
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
