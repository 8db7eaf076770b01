/** The port tried first when the user has chosen none; also that of the older nodes. */
export const usualPort = 3000
const usualPortCount = 20

/** Ports to try, in order: the chosen one only, or 3000 to 3019. */
export function candidatePorts(chosen: number | undefined): number[] {
  return chosen === undefined ? Array.from({ length: usualPortCount }, (_, index) => usualPort + index) : [chosen]
}

/** The usual port, when the node had to move away from it; null when it stands where it was expected. */
export function movedFrom(chosen: number | undefined, port: number): number | null {
  return chosen === undefined && port !== usualPort ? usualPort : null
}

/**
 * Addresses to listen on. Without a chosen host every interface (`::` takes IPv4 too; 0.0.0.0 where there is no IPv6);
 * with one, that and 127.0.0.1, because the page and the command line always come that way.
 */
export function listenHosts(chosen: string | undefined, ipv6: boolean): string[] {
  if (chosen === undefined || chosen === '::') return [ipv6 ? '::' : '0.0.0.0']
  return chosen === '0.0.0.0' || chosen === '127.0.0.1' ? [chosen] : [chosen, '127.0.0.1']
}
