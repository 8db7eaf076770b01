import { z } from 'zod'
import fc from 'fast-check'
import { calls } from '../../electron/contract/calls.ts'

/** One request as a hostile or broken program might make it. */
export interface FuzzRequest {
  method: string
  path: string
  headers: Record<string, string>
  body: string | null
}

const nasty = fc.constantFrom(
  '',
  '\u0000',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '%2e%2e%2f',
  '\u202egnp.exe',
  '\ud800',
  'a'.repeat(10_000),
  '-1',
  '1e309',
  'null',
  "' OR 1=1 --",
  '${7*7}',
)

/** Nothing names another machine: what a test sends stays on loopback. */
const url = fc.oneof(
  fc.constantFrom(
    'http://127.0.0.1:1',
    'https://127.0.0.1:1/',
    'http://[::1]:1',
    'http://127.0.0.1:99999',
    'http://',
    'http://user:pass@127.0.0.1:1',
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    '127.0.0.1:1',
    '//127.0.0.1:1',
    'http://127.0.0.1:1/?a=b#c',
    `http://127.0.0.1:1/${'a'.repeat(5000)}`,
    'http://127.1:1',
    'http://0x7f000001:1',
  ),
  nasty,
)

const text = fc.oneof(nasty, url, fc.string({ maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 20 }))
/** Now and then something right, so that the handlers are reached too. */
const fitting = fc.constantFrom<string | number | boolean>('Home', 'ai', 'wiki', 'admin', true, 8080, 1)
const leaf = fc.oneof(fitting, text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null))

/** JSON text that may hold `__proto__` and duplicate keys, which no object literal could. */
const jsonText: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    leaf.map((value) => JSON.stringify(value) ?? 'null'),
    fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
    fc
      .array(fc.tuple(text, tie('value')), { maxLength: 4 })
      .map((entries) => `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`),
  ),
})).value

/** An object with the field names the program expects, and values it does not. */
const objectOf = (fields: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(
      fc.tuple(
        fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...fields, 'id') }, { weight: 1, arbitrary: text }),
        fc.oneof(leaf, url).map((v) => JSON.stringify(v) ?? 'null'),
      ),
      { maxLength: 6 },
    )
    .map((entries) => `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`)

const body = (fields: readonly string[]): fc.Arbitrary<string | null> =>
  fc.oneof(
    { weight: 6, arbitrary: objectOf(fields) },
    { weight: 3, arbitrary: jsonText },
    { weight: 1, arbitrary: jsonText.map((json) => json.slice(0, -1)) },
    { weight: 1, arbitrary: fc.constantFrom('', '{', '[[[[', '['.repeat(20_000), '"'.repeat(1000), `{"name":"${'x'.repeat(1_048_576)}"}`) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
    { weight: 1, arbitrary: fc.constant(null) },
  )

const contentType = fc.oneof(
  { weight: 8, arbitrary: fc.constant('application/json') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'application/json; charset=utf-16',
      '/',
      'x',
    ),
  },
)
const query = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: text.map((value) => `?${encodeURI(value.toWellFormed()).slice(0, 300)}=1`) },
)

interface Target {
  method: string
  path: string
  fields: readonly string[]
}

/** Requests to these routes, now and then with another method. */
function requestsTo(targets: readonly Target[], headers: Record<string, string>): fc.Arbitrary<FuzzRequest> {
  return fc
    .tuple(
      fc.constantFrom(...targets).chain((target) => fc.record({ target: fc.constant(target), body: body(target.fields) })),
      fc.oneof(
        { weight: 9, arbitrary: fc.constant(null) },
        { weight: 1, arbitrary: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS') },
      ),
      query,
      contentType,
      text.map((value) => encodeURIComponent(value.toWellFormed()).slice(0, 500) || 'x'),
    )
    .map(([chosen, otherMethod, search, type, part]) => {
      const method = otherMethod ?? chosen.target.method
      const sendsBody = method !== 'GET' && method !== 'OPTIONS' && chosen.body !== null
      return {
        method,
        path: chosen.target.path.replace('*', part) + search,
        headers: sendsBody ? { ...headers, 'content-type': type } : headers,
        body: sendsBody ? chosen.body : null,
      }
    })
}

const routerTargets: Target[] = [
  ...[
    '/api/health',
    '/api/node/info',
    '/api/node/health',
    '/api/node/services',
    '/api/services',
    '/api/services/*',
    '/api/system/status',
    '/metrics',
    '/*',
  ].map((path) => ({ method: 'GET', path, fields: [] })),
  ...['/api/mesh/nodes', '/api/mesh/capabilities', '/services/any/any/*/', '/capabilities/any/*/'].map((path) => ({
    method: 'GET',
    path,
    fields: [],
  })),
  { method: 'POST', path: '/api/services/register', fields: ['id', 'name', 'port', 'status', 'url'] },
  { method: 'POST', path: '/api/mesh/register', fields: ['nodeUrl', 'nodeName', 'capabilities'] },
  { method: 'POST', path: '/api/mesh/sync', fields: ['nodes', 'meshName', 'policies', 'routes'] },
]

/** Calls that would end the run (the key, the address) or say nothing by being slow on purpose. */
const spared = new Set(['key.rotate'])

/** Field names of an input, or of all its forms. */
const fieldsOf = (input: z.ZodType): string[] => {
  if (input instanceof z.ZodObject) return Object.keys(input.shape)
  return input instanceof z.ZodUnion ? input.options.flatMap((option) => fieldsOf(option as z.ZodType)) : []
}

const localTargets: Target[] = Object.entries(calls)
  .filter(([name]) => !spared.has(name))
  .map(([name, { input }]) => ({ method: 'POST', path: `/local/v1/${name}`, fields: fieldsOf(input) }))

const peerTargets: Target[] = [
  { method: 'GET', path: '/peer/v1/hello', fields: [] },
  { method: 'POST', path: '/peer/v1/join', fields: ['mesh', 'name', 'os', 'protocol', 'commitment', 'invite'] },
  { method: 'POST', path: '/peer/v1/join/*/reveal', fields: ['nonce'] },
  { method: 'GET', path: '/peer/v1/join/*', fields: [] },
  { method: 'DELETE', path: '/peer/v1/join/*', fields: [] },
  { method: 'DELETE', path: '/peer/v1/join/*?codesDiffer=true', fields: [] },
  { method: 'POST', path: '/peer/v1/introduce', fields: ['record'] },
  { method: 'POST', path: '/peer/v1/sync', fields: ['mesh', 'knownNotices', 'notices', 'records'] },
  { method: 'GET', path: '/peer/v1/*', fields: [] },
]

export const routerRequests = (key: string) => requestsTo(routerTargets, { 'x-api-key': key })
export const localRequests = (token: string) =>
  requestsTo([...localTargets, { method: 'POST', path: '/local/v1/*', fields: [] }], { authorization: `Bearer ${token}` })
export const peerRequests = () => requestsTo(peerTargets, {})
export const joinUrlRequests = (token: string): fc.Arbitrary<FuzzRequest> =>
  fc.tuple(fc.constantFrom('join.check', 'join.start'), url, fc.option(text, { nil: undefined })).map(([call, target, key]) => ({
    method: 'POST',
    path: `/local/v1/${call}`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ url: target, ...(call === 'join.start' && key !== undefined ? { key } : {}) }),
  }))

/** What a port scanner or a broken client sends: no HTTP at all, half of it, or the start of a TLS handshake and noise. */
export const rawBytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.uint8Array({ maxLength: 300 }).map((noise) => Uint8Array.from([0x16, 3, 1, ...noise])),
  fc
    .constantFrom(
      'GET / HTTP/1.1\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'POST /api/mesh/register HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}',
      'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n',
      `GET /${'a'.repeat(100_000)} HTTP/1.1\r\n\r\n`,
      `GET / HTTP/1.1\r\n${'X-A: b\r\n'.repeat(5000)}\r\n`,
      'SSH-2.0-OpenSSH_9.2\r\n',
    )
    .map((line) => new TextEncoder().encode(line)),
)
