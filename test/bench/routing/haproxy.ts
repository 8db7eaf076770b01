/** haproxy with the same task as nginx: mutual TLS to the peer over kept connections. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Certified } from './nginx.ts'
import { installed } from './pinned-process.ts'

export const hasHaproxy = installed('haproxy', '-v')

export function haproxyCommand(
  folder: string,
  { port, tlsPort, own, peer }: { port: number; tlsPort: number; own: Certified; peer: Certified },
): string[] {
  const config = join(folder, 'haproxy.cfg')
  writeFileSync(
    config,
    `global
  nbthread 1
  maxconn 2000
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  http-reuse always
frontend programs
  bind 127.0.0.1:${port}
  default_backend peer
backend peer
  server peer 127.0.0.1:${tlsPort} ssl crt ${own.both} ca-file ${peer.cert} verify required verifyhost ${peer.name} ssl-min-ver TLSv1.3
`,
  )
  return ['haproxy', '-db', '-f', config]
}
