import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insideBuilder, packForMac, type Packed } from './pack.ts'

const { parse } = insideBuilder('plist') as { parse(text: string): Record<string, unknown> }
const { getRawHeader } = insideBuilder('@electron/asar') as { getRawHeader(archive: string): { headerString: string } }
const { getCurrentFuseWire } = insideBuilder('@electron/fuses') as {
  getCurrentFuseWire(program: string): Promise<Record<string, number | string>>
}

let packed: Packed
let info: Record<string, unknown>

beforeAll(async () => {
  if (process.platform === 'win32') return // electron-builder does not pack for macOS there
  packed = await packForMac()
  info = parse(readFileSync(join(packed.app, 'Contents/Info.plist'), 'utf8'))
})
afterAll(() => packed && rmSync(packed.folder, { recursive: true, force: true }))

test.skipIf(process.platform === 'win32')(
  'the app says why it wants the local network, opens invites, and has no place in the dock',
  () => {
    expect(info).toMatchObject({
      CFBundleIdentifier: 'example.free-compute-node.app',
      NSLocalNetworkUsageDescription: 'Free Compute Node talks to your other computers on this network.',
      NSBonjourServices: ['_freecompute._tcp'],
      LSUIElement: true,
      CFBundleURLTypes: [{ CFBundleURLSchemes: ['fcn'], CFBundleTypeRole: 'Viewer' }],
    })
  },
)

test.skipIf(process.platform === 'win32')(
  'the checksum of the archive stands in the app, where the fuse for its integrity looks for it',
  () => {
    const { ElectronAsarIntegrity: integrity } = info as { ElectronAsarIntegrity: Record<string, { algorithm: string; hash: string }> }
    const hash = createHash('sha256').update(getRawHeader(packed.asar).headerString).digest('hex')
    expect(integrity).toEqual({ 'Resources/app.asar': { algorithm: 'SHA256', hash } })
  },
)

test.skipIf(process.platform === 'win32')('the fuses are set in the framework, where macOS has them', async () => {
  const { version, ...fuses } = await getCurrentFuseWire(packed.program)
  expect(version).toBe('1')
  expect(
    Object.values(fuses)
      .map((state) => String.fromCharCode(Number(state)))
      .join(''),
  ).toBe('010011000')
})

test.skipIf(process.platform === 'win32')('nothing lies outside the archive', () => {
  expect(existsSync(`${packed.asar}.unpacked`)).toBe(false)
})
