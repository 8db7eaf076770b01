/**
 * Which libraries are part of the built program, and their licences: all that its sources import, and all that those need
 * in turn. Read from what is installed, so that nothing has to be kept up by hand.
 */
import { globSync, readdirSync, readFileSync, existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { LicenceList, Library } from '../../renderer/features/about/licence-list.ts'

/** Runs the desktop app and is not bundled: what its package needs is for downloading it. */
const runtimes = new Set(['electron'])

/** Needed while installing or compiling only, and no code of the program. */
const neverBundled = (name: string) => name.startsWith('@types/') || name.startsWith('node:')

interface Manifest {
  name: string
  version: string
  license?: string | { type?: string }
  licenses?: { type?: string }[]
  homepage?: string
  dependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  peerDependenciesMeta?: Record<string, { optional?: boolean }>
  optionalDependencies?: Record<string, string>
}

/** Licences of everything that the sources below `root` bring into the program. Throws when an imported library is not installed. */
export function collectLicences(root: string): LicenceList {
  const found = new Map<string, { manifest: Manifest; folder: string }>()
  const take = (name: string, from: string, wanted: boolean) => {
    if (neverBundled(name)) return
    const folder = folderOf(name, from)
    if (folder === null) {
      if (wanted) throw new Error(`${name} is imported and not installed`)
      return
    }
    const manifest = readManifest(folder)
    const key = `${name}@${manifest.version}`
    if (found.has(key)) return
    found.set(key, { manifest, folder })
    if (runtimes.has(name)) return
    for (const needed of Object.keys(manifest.dependencies ?? {})) take(needed, folder, true)
    const peers = Object.keys(manifest.peerDependencies ?? {}).filter((peer) => !manifest.peerDependenciesMeta?.[peer]?.optional)
    for (const perhaps of [...peers, ...Object.keys(manifest.optionalDependencies ?? {})]) take(perhaps, folder, false)
  }
  for (const name of importedPackages(root)) take(name, root, true)

  const texts: string[] = []
  const libraries = [...found.values()].map(({ manifest, folder }): Library => {
    const text = licenceText(folder)
    if (text !== null && !texts.includes(text)) texts.push(text)
    return { name: manifest.name, version: manifest.version, licence: licenceName(manifest), text: text === null ? null : texts.indexOf(text) }
  })
  return {
    own: ownLicence(root),
    libraries: libraries.toSorted((a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en')),
    texts,
  }
}

function ownLicence(root: string): LicenceList['own'] {
  const manifest = readManifest(root)
  return { licence: licenceName(manifest), homepage: manifest.homepage ?? '', text: licenceText(root) ?? '' }
}

const statement = /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?\bfrom\s*(['"])([^'"]+)\1|(?:^|\n)\s*import\s*(['"])([^'"]+)\3|\bimport\s*\(\s*(['"])([^'"]+)\5/gu

/** Packages that sources of the program name, types included. */
function importedPackages(root: string): Set<string> {
  const files = globSync('{electron,renderer}/**/*.{ts,tsx,mjs}', { cwd: root })
  const names = files.flatMap((file) => {
    const matches = readFileSync(join(root, file), 'utf8').matchAll(statement)
    return [...matches].map((match) => match[2] ?? match[4] ?? match[6] ?? '')
  })
  return new Set(names.filter((name) => /^@?[a-z]/u.test(name) && !/^(?:node|virtual):/u.test(name)).map(packageName))
}

/** `@mantine/core/styles.css` → `@mantine/core` */
function packageName(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/')
  return first.startsWith('@') ? `${first}/${second}` : first
}

/** Where Node finds a package for a file in `from`; null when it is not there. */
function folderOf(name: string, from: string): string | null {
  const here = join(from, 'node_modules', name)
  if (existsSync(join(here, 'package.json'))) return here
  const above = dirname(from)
  return above === from ? null : folderOf(name, above)
}

const readManifest = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest

function licenceName({ license, licenses }: Manifest): string {
  if (typeof license === 'string') return license
  return license?.type ?? licenses?.map(({ type }) => type).join(' OR ') ?? 'unknown'
}

function licenceText(folder: string): string | null {
  const file = readdirSync(folder)
    .filter((name) => /^(?:licen[cs]e|copying)(?:[.-](?:md|txt|mit|bsd|apache\S*))?$/iu.test(name))
    .toSorted()[0]
  return file === undefined ? null : readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()
}
