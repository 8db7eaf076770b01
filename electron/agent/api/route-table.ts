/** Which methods a path has, for an honest 405. Patterns as Fastify writes them; catch-alls (`*`) are nobody's path. */
export interface RouteTable {
  add(methods: string | string[], pattern: string): void
  methodsOf(path: string): string[]
}

export function createRouteTable(): RouteTable {
  const patterns = new Map<string, Set<string>>()
  return {
    add(methods, pattern) {
      if (pattern.endsWith('*')) return
      const known = patterns.get(pattern) ?? new Set()
      for (const method of [methods].flat()) known.add(method)
      patterns.set(pattern, known)
    },
    methodsOf(path) {
      const segments = path.split('/')
      const found = [...patterns].filter(([pattern]) => fits(pattern.split('/'), segments))
      return [...new Set(found.flatMap(([, methods]) => [...methods]))].toSorted()
    },
  }
}

const fits = (pattern: string[], segments: string[]) =>
  pattern.length === segments.length &&
  pattern.every((part, index) => (part.startsWith(':') ? segments[index] !== '' : part === segments[index]))
