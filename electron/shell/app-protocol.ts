import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import type { Protocol } from 'electron'
import { pagePolicy } from '../contract/page-policy.ts'

/**
 * The window's page comes from `app://fcn`, a scheme of our own: it is an origin (which `file:` is not), can carry a
 * strict policy, and reaches nothing but the built page.
 */
const scheme = 'app'
export const appOrigin = `${scheme}://fcn`

/** To be called before Electron is ready. */
export function registerAppScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }])
}

/** Serves the folder of the built page. */
export function serveApp(protocol: Pick<Protocol, 'handle'>, pageDir: string): void {
  protocol.handle(scheme, async ({ url, method }) => {
    const file = method === 'GET' ? fileOfUrl(url, pageDir) : null
    const body = file === null ? null : await readFile(file).catch(() => null)
    if (file === null || body === null) return new Response('Not found', { status: 404, headers: pageHeaders('.txt') })
    return new Response(new Uint8Array(body), { headers: pageHeaders(extname(file)) })
  })
}

/** The file behind a URL of our origin; null when there is none. */
export function fileOfUrl(url: string, pageDir: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol, host, pathname } = new URL(url)
  if (`${protocol}//${host}` !== appOrigin) return null
  const path = decoded(pathname)
  if (path === null || path.includes('\0') || path.includes('\\')) return null
  const root = normalize(pageDir + sep)
  const file = join(root, path === '/' ? 'index.html' : path)
  return file.startsWith(root) ? file : null
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    // a lone per cent sign names no file
    return null
  }
}

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

const pageHeaders = (ending: string): Record<string, string> => ({
  'content-type': contentTypes[ending] ?? 'application/octet-stream',
  'content-security-policy': pagePolicy,
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
})
