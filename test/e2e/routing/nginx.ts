import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '../../support/eventually.ts'
import { freePort } from '../../support/free-port.ts'

/** A real nginx in a process of its own. */
export interface Nginx {
  port: number
  /** What it serves at `/`; uploads land below `up/`. */
  root: string
  stop(): Promise<void>
}

/** Why there is none on this machine; null when there is one. */
export const noNginx: string | null = missing()

/**
 * Starts nginx: files at `/`, WebDAV uploads at `/up/` (up to 8 MiB at `/up/small/`), and the program on `app` behind it at
 * `/app/`, as people put it before theirs; answers of `/trailed/` get a trailer.
 */
export async function startNginx({ app }: { app: number }): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), 'fcn-nginx-'))
  const root = join(folder, 'root')
  await mkdir(join(root, 'up/small'), { recursive: true })
  const port = await freePort()
  await writeFile(join(folder, 'nginx.conf'), configuration({ folder, root, port, app }))
  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: ['ignore', 'ignore', 'pipe'] })
  const killAtExit = () => void child.kill('SIGKILL')
  process.on('exit', killAtExit)
  let said = ''
  child.stderr.on('data', (text: Buffer) => (said += text.toString()))
  const ended = once(child, 'exit')
  await eventually('nginx answers', async () => {
    if (child.exitCode !== null) throw new Error(said)
    return (await fetch(`http://127.0.0.1:${port}/`)).status > 0
  })
  return {
    port,
    root,
    async stop() {
      child.kill('SIGTERM')
      await ended
      process.off('exit', killAtExit)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const configuration = ({ folder, root, port, app }: { folder: string; root: string; port: number; app: number }) => `
daemon off; master_process off; pid ${folder}/pid; error_log stderr crit;
events { }
http {
  access_log off; types { text/plain txt; } gzip on; gzip_proxied any; gzip_types text/plain; gzip_min_length 100;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
  server {
    listen 127.0.0.1:${port}; root ${root}; client_max_body_size 0;
    proxy_http_version 1.1; proxy_buffering off; proxy_request_buffering off;
    proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;
    location /up/ { dav_methods PUT DELETE; create_full_put_path on; }
    location /up/small/ { dav_methods PUT; client_max_body_size 8m; }
    location /app/ { proxy_pass http://127.0.0.1:${app}/; }
    location /trailed/ { proxy_pass http://127.0.0.1:${app}/; add_trailer X-Trailed yes; }
  }
}`

function missing(): string | null {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'ignore' })
    return null
  } catch {
    return 'there is no nginx (apt-get install nginx)'
  }
}
