/** nginx as the peer that serves, and as the proxy that ours is compared with; one process each, configured in a folder of its own. */
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { installed } from './pinned-process.ts'

export const hasNginx = installed('nginx', '-v')

const mebibyte = 2 ** 20
/** Bodies that the peer has, by path below its base, bytes. */
export const bodySizes = { '64m': 64 * mebibyte, '1g': 1024 * mebibyte }

/** Two hundred bytes, as small answers of a model's API are. */
const small = JSON.stringify({ ok: true, id: 'req-0123456789abcdef', model: 'llama3', created: 1_700_000_000, data: 'x'.repeat(96) })

export interface Certified {
  /** Files: PEM key and certificate, and both in one for programs that want that. */
  key: string
  cert: string
  both: string
  /** The name in the certificate. */
  name: string
}

/** Command of an nginx with this inside of its `http` block. */
function nginx(folder: string, name: string, http: string): string[] {
  const own = join(folder, name)
  mkdirSync(own)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${own}/${kind};`).join(' ')
  const config = join(own, 'nginx.conf')
  writeFileSync(
    config,
    `daemon off; master_process off; pid ${own}/pid; error_log ${own}/error.log;
events { worker_connections 4096; }
http {
  access_log off; keepalive_requests 1000000000; keepalive_timeout 60s; sendfile on; tcp_nopush on;
  types {} default_type application/json; client_max_body_size 0; ${temporary}
${http}
}
`,
  )
  return ['nginx', '-e', join(own, 'error.log'), '-p', own, '-c', config]
}

/** The peer: a small answer, large bodies, and uploads, below `base`; in plain, and over TLS with the peer's certificate. */
export function upstreamCommand(
  folder: string,
  { plainPort, tlsPort, base, identity }: { plainPort: number; tlsPort: number; base: string; identity: Certified },
): string[] {
  const data = join(folder, 'data')
  mkdirSync(data)
  for (const [name, size] of Object.entries(bodySizes)) {
    writeFileSync(join(data, name), '')
    truncateSync(join(data, name), size) // a file of holes: takes no place
  }
  return nginx(
    folder,
    'upstream',
    `server {
    listen 127.0.0.1:${plainPort}; listen 127.0.0.1:${tlsPort} ssl;
    ssl_certificate ${identity.cert}; ssl_certificate_key ${identity.key}; ssl_protocols TLSv1.3; ssl_verify_client optional_no_ca;
    location = ${base}/small { return 200 '${small}'; }
    location ${base}/ { alias ${data}/; dav_methods PUT; }
  }`,
  )
}

/** Mutual TLS to the peer over kept connections; bodies are passed on as they come, as ours are. */
export function nginxProxyCommand(
  folder: string,
  { port, tlsPort, own, peer }: { port: number; tlsPort: number; own: Certified; peer: Certified },
): string[] {
  return nginx(
    folder,
    'proxy',
    `proxy_http_version 1.1; proxy_set_header Connection ""; proxy_max_temp_file_size 0; proxy_request_buffering off;
  upstream peer { server 127.0.0.1:${tlsPort}; keepalive 64; keepalive_requests 1000000000; }
  server { listen 127.0.0.1:${port}; location / {
    proxy_pass https://peer; proxy_ssl_certificate ${own.cert}; proxy_ssl_certificate_key ${own.key};
    proxy_ssl_trusted_certificate ${peer.cert}; proxy_ssl_verify on; proxy_ssl_name ${peer.name}; proxy_ssl_protocols TLSv1.3;
  } }`,
  )
}
