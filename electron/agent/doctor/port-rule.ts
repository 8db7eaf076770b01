/** Whether a list of firewall rules names a port: `3000/tcp`, `3000:3019/tcp`, `3000-3019/tcp`. Pure. */
export function namesPort(rule: string, port: number, protocol: 'tcp' | 'udp'): boolean {
  const [, from, to, kind] = /^(\d{1,5})(?:[-:](\d{1,5}))?(?:\/(tcp|udp))?$/u.exec(rule.trim()) ?? []
  if (from === undefined || (kind !== undefined && kind !== protocol)) return false
  return port >= Number(from) && port <= Number(to ?? from)
}
