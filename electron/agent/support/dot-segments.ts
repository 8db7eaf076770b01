/**
 * Whether a path, as it was sent, has `.` or `..` segments in any disguise that a server could see through. Clients
 * resolve them before they send; one that arrives would climb out of its folder.
 */
export function hasDotSegments(path: string): boolean {
  const seen = path.replace(/%2e/giu, '.').replace(/%2f|%5c|\\/giu, '/')
  return seen.split('/').some((segment) => segment === '.' || segment === '..')
}
