/** haproxy in TCP mode: what passing bytes on costs at least. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export function spliceCommand(folder: string, { port, to, source }: { port: number; to: number; source: string }): [string, ...string[]] {
  const config = join(folder, 'splice.cfg')
  writeFileSync(
    config,
    `global
  nbthread 1
  maxconn 2000
defaults
  mode tcp
  option splice-auto
  timeout connect 5s
  timeout client 60s
  timeout server 60s
listen splice
  bind 127.0.0.1:${port}
  source ${source}
  server node 127.0.0.1:${to}
`,
  )
  return ['haproxy', '-db', '-f', config]
}
