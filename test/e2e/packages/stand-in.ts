/** Folders with what Electron's downloads have where electron-builder looks, and programs that only say what they are. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A fuse wire as Electron's program has it: a mark, version 1, and one byte for each fuse, "0" off, "1" on. */
const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const factoryFuses = '101100010'
const fuseWire = Buffer.concat([Buffer.from(fuseMark), Buffer.from([1, factoryFuses.length]), Buffer.from(factoryFuses)])
const program = Buffer.concat([Buffer.from('#!/bin/sh\necho stand-in; exit 0\n'), fuseWire])

export function electronForLinux(folder: string): string {
  const dist = join(folder, 'electron')
  for (const name of ['electron', 'chrome-sandbox']) write(join(dist, name), program, 0o755)
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'resources.pak', 'locales/en-US.pak', 'resources/version'])
    write(join(dist, name), 'stand-in')
  return dist
}

export function electronForMac(folder: string): string {
  const dist = join(folder, 'electron')
  const contents = join(dist, 'Electron.app/Contents')
  write(join(contents, 'Info.plist'), infoOf('Electron'))
  write(join(contents, 'MacOS/Electron'), program, 0o755)
  write(join(contents, 'Resources/en.lproj/locale.pak'), 'stand-in')
  write(join(contents, 'Frameworks/Electron Framework.framework/Electron Framework'), program, 0o755)
  for (const helper of ['Electron Helper', 'Electron Helper (GPU)', 'Electron Helper (Plugin)', 'Electron Helper (Renderer)']) {
    write(join(contents, `Frameworks/${helper}.app/Contents/Info.plist`), infoOf(helper))
    write(join(contents, `Frameworks/${helper}.app/Contents/MacOS/${helper}`), program, 0o755)
  }
  for (const name of ['LICENSE', 'LICENSES.chromium.html']) write(join(dist, name), 'stand-in')
  return dist
}

/** An icon as macOS has them, with one picture in it: electron-builder would download what makes one. */
export function iconForMac(folder: string, png: Buffer): string {
  const file = join(folder, 'icon.icns')
  const part = (name: string, content: Buffer) => {
    const head = Buffer.from(`${name}....`)
    head.writeUInt32BE(content.length + head.length, 4)
    return Buffer.concat([head, content])
  }
  write(file, part('icns', part('ic09', png)))
  return file
}

function write(file: string, content: string | Buffer, mode = 0o644): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content, { mode })
}

const infoOf = (name: string) => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
  <key>CFBundleExecutable</key><string>${name}</string>
  <key>CFBundleIdentifier</key><string>com.github.Electron</string>
  <key>CFBundleName</key><string>${name}</string>
  <key>CFBundlePackageType</key><string>APPL</string>
  <key>CFBundleVersion</key><string>45.4.1</string>
</dict></plist>
`
