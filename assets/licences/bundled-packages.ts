/** The package a bundled module comes from; null for our own sources and what the bundler makes. */
export function packageOf(moduleId: string): string | null {
  const path = moduleId.replaceAll('\\', '/').split('?', 1)[0] ?? ''
  const inside = path.split('/node_modules/').at(-1)
  if (inside === undefined || inside === path || path.startsWith('\0')) return null
  const [first = '', second = ''] = inside.split('/')
  return first.startsWith('@') ? `${first}/${second}` : first
}

/** Packages among the modules of a bundle that the list of licences does not have. */
export function unlisted(moduleIds: Iterable<string>, listed: ReadonlySet<string>): string[] {
  const packages = new Set([...moduleIds].flatMap((id) => packageOf(id) ?? []))
  return [...packages].filter((name) => !listed.has(name)).toSorted()
}
