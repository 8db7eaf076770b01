/**
 * The id for a service of that name: the name in lower-case letters, digits and dashes. A service already shared under
 * the same name keeps its id, so that sharing it again updates it; another with the same id gets out of the way with a number.
 */
export function serviceIdFor(name: string, taken: ReadonlyMap<string, { name: string }>): string {
  const slug = slugOf(name)
  for (let number = 1; ; number++) {
    const id = number === 1 ? slug : `${slug.slice(0, 60)}-${number}`
    const holder = taken.get(id)
    if (holder === undefined || holder.name === name) return id
  }
}

function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+/u, '')
    .slice(0, 64)
    .replace(/-+$/u, '')
  return slug === '' ? 'service' : slug
}
