/** What a door makes of a request: refuses it, passes it on as one clean request, or either of the two. */
export type Fate = 'refused' | 'clean' | 'either'

export interface Attempt {
  name: string
  fate: Fate
  /** `base` is the path of the service at the door, `host` the value that Host must have. */
  bytes: (door: { base: string; host: string }) => string
}

interface Parts {
  method?: string
  /** Added after Host, each without its line end. */
  headers?: string[]
  body?: string
  /** Instead of the whole. */
  line?: (target: string) => string
}

/** A second request, which must never be taken for one. */
const hidden = (base: string) => `GET ${base}/smuggled HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`
const chunked = 'Transfer-Encoding: chunked'

const attempt = (name: string, fate: Fate, { method = 'POST', headers = [], body = '', line }: Parts): Attempt => ({
  name,
  fate,
  bytes: ({ base, host }) => {
    const first = line?.(`${base}/case`) ?? `${method} ${base}/case HTTP/1.1`
    return [first, `Host: ${host}`, ...headers, '', body.replaceAll('<hidden>', hidden(base))].join('\r\n')
  },
})

/** A body that ends at once for whoever reads chunks, and holds a request for whoever counts bytes. */
const emptyThenHidden = '0\r\n\r\n<hidden>'
const refusedWith = (name: string, headers: string[], body = emptyThenHidden) => attempt(name, 'refused', { headers, body })

const lengthAgainstChunks = [
  refusedWith('CL.TE', ['Content-Length: 4', chunked]),
  refusedWith('TE.CL', [chunked, 'Content-Length: 4']),
  refusedWith('CL.TE with a length of 0', ['Content-Length: 0', chunked]),
  refusedWith('TE.TE: identity first', ['Transfer-Encoding: identity', chunked]),
  refusedWith('TE.TE: identity last', [chunked, 'Transfer-Encoding: identity']),
  refusedWith('TE.TE: chunked twice', ['Transfer-Encoding: chunked, chunked']),
  refusedWith('TE.TE: an unknown coding last', ['Transfer-Encoding: chunked, cow']),
  refusedWith('TE.TE: an unknown coding first', ['Transfer-Encoding: cow, chunked']),
  refusedWith('TE: a coding nobody here undoes', ['Transfer-Encoding: gzip, chunked']),
  refusedWith('TE: a coding that is not chunked', ['Transfer-Encoding: xchunked']),
  refusedWith('TE: quoted', ['Transfer-Encoding: "chunked"']),
  refusedWith('TE: with a parameter', ['Transfer-Encoding: chunked;q=1']),
  refusedWith('TE: after a vertical tab', ['Transfer-Encoding:\u000bchunked']),
  refusedWith('TE: a zero byte after it', ['Transfer-Encoding: chunked\0']),
  refusedWith('TE: empty', ['Transfer-Encoding:']),
  refusedWith('TE: a space before the colon', ['Transfer-Encoding : chunked']),
  refusedWith('TE: a tab before the colon', ['Transfer-Encoding\t: chunked']),
  refusedWith('TE: a space before the name', [' Transfer-Encoding: chunked']),
  refusedWith('TE: folded', ['Transfer-Encoding:', ' chunked']),
  refusedWith('TE: behind a bare line feed', ['X-A: a\nTransfer-Encoding: chunked']),
  refusedWith('TE: behind a bare carriage return', ['X-A: a\rTransfer-Encoding: chunked']),
  attempt('TE: in HTTP/1.0', 'refused', { headers: [chunked], body: emptyThenHidden, line: (target) => `POST ${target} HTTP/1.0` }),
  attempt('TE: with an underscore', 'either', { headers: ['Transfer_Encoding: chunked', 'Content-Length: 5'], body: '0\r\n\r\n' }),
]

const lengths = [
  refusedWith('CL twice, different', ['Content-Length: 0', 'Content-Length: 5'], '<hidden>'),
  refusedWith('CL twice, the same', ['Content-Length: 5', 'Content-Length: 5'], 'hello<hidden>'),
  refusedWith('CL as a list', ['Content-Length: 5, 5'], 'hello<hidden>'),
  ...['+5', '-5', '0x5', '5a', '5 5', '5.0', '"5"', '٥', '', '99999999999999999999'].map((length) =>
    refusedWith(`CL of ${JSON.stringify(length)}`, [`Content-Length: ${length}`], 'hello<hidden>'),
  ),
  refusedWith('CL: a space before the colon', ['Content-Length : 5'], 'hello<hidden>'),
  refusedWith('CL: folded', ['X-A: a', ' Content-Length: 5'], 'hello<hidden>'),
  refusedWith('CL: behind a zero byte', ['X-A: a\0', 'Content-Length: 5'], 'hello<hidden>'),
  attempt('a GET with a body that is a request', 'either', { method: 'GET', headers: ['Content-Length: 62'], body: 'GET /smuggled-in-a-body HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Ignore: aa' }),
] // prettier-ignore

const chunks = [
  ...['5x', '0x5', '-5', '+5', ' 5', '5\t', 'FFFFFFFFFFFFFFFFF', '10000000000000005', '5;a=b\n', '5;\0', ''].map((size) =>
    refusedWith(`a chunk size of ${JSON.stringify(size)}`, [chunked], `${size}\r\nhello\r\n0\r\n\r\n<hidden>`),
  ),
  refusedWith('a chunk size ended by a bare line feed', [chunked], '5\nhello\r\n0\r\n\r\n<hidden>'),
  refusedWith('a chunk ended by a bare line feed', [chunked], '5\r\nhello\n0\r\n\r\n<hidden>'),
  refusedWith('a chunk longer than its size', [chunked], '5\r\nhello, world\r\n0\r\n\r\n<hidden>'),
  refusedWith('a chunk extension of 100 kB', [chunked], `5;${'a'.repeat(100_000)}\r\nhello\r\n0\r\n\r\n`),
  attempt('a chunk extension', 'clean', { headers: [chunked], body: '5;a="b"\r\nhello\r\n0\r\n\r\n' }),
  attempt('a chunk size with zeros before it', 'clean', { headers: [chunked], body: '005\r\nhello\r\n000\r\n\r\n' }),
  ...['Content-Length: 100', 'Transfer-Encoding: chunked', 'Host: evil.test', 'Connection: close', 'X-FCN-Caller: somebody'].map(
    (trailer) =>
      attempt(`a trailer ${JSON.stringify(trailer)}`, 'either', { headers: [chunked], body: `5\r\nhello\r\n0\r\n${trailer}\r\n\r\n` }),
  ),
  refusedWith('a folded trailer', [chunked], '5\r\nhello\r\n0\r\nX-A: a\r\n b\r\n\r\n<hidden>'),
]

const heads = [
  attempt('two Hosts', 'refused', { method: 'GET', headers: ['Host: evil.test'] }),
  attempt('a target that names a host', 'refused', { line: (target) => `GET http://127.0.0.1${target} HTTP/1.1` }),
  attempt('a tunnel', 'refused', { line: () => 'CONNECT 127.0.0.1:22 HTTP/1.1' }),
  attempt('two spaces in the line', 'either', { line: (target) => `GET  ${target} HTTP/1.1` }),
  attempt('a tab in the line', 'refused', { line: (target) => `GET\t${target} HTTP/1.1` }),
  attempt('a space in the target', 'refused', { line: (target) => `GET ${target} a HTTP/1.1` }),
  attempt('a zero byte in the target', 'refused', { line: (target) => `GET ${target}\0 HTTP/1.1` }),
  attempt('a later version', 'refused', { line: (target) => `GET ${target} HTTP/1.2` }),
  attempt('no version', 'refused', { line: (target) => `GET ${target}` }),
  attempt('a zero byte in a name', 'refused', { method: 'GET', headers: ['X\0A: a'] }),
  attempt('a field without a name', 'refused', { method: 'GET', headers: [': a'] }),
  attempt('a field without a colon', 'refused', { method: 'GET', headers: ['X-A'] }),
  attempt('an encoded line end in the target', 'clean', { line: (target) => `GET ${target}%0d%0aX-A:%20a HTTP/1.1` }),
]

const nominations = [
  ...['Host', 'Content-Length', 'Transfer-Encoding', 'Via', 'X-Request-Id', 'X-FCN-Caller', 'Content-Type'].map((name) =>
    attempt(`Connection names ${name}`, 'either', { headers: [`Connection: ${name}`, 'Content-Length: 5'], body: 'hello' }),
  ),
  attempt('Connection names a header of its own', 'clean', { method: 'GET', headers: ['Connection: x-mine', 'X-Mine: secret'] }),
  attempt('hop-by-hop fields', 'clean', { method: 'GET', headers: ['TE: trailers', 'Proxy-Connection: keep-alive', 'Keep-Alive: 5', 'Proxy-Authorization: a'] }),
  attempt('an offer of h2c', 'either', { method: 'GET', headers: ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA'] }),
  attempt('a WebSocket that the service does not take', 'either', { method: 'GET', headers: ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 777', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='], body: 'GET /smuggled HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n' }),
  attempt('a WebSocket with a body', 'either', { method: 'GET', headers: ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==', 'Content-Length: 47'], body: 'GET /smuggled HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n\r\n' }),
] // prettier-ignore

/** Ways to make two programs disagree about where a request ends or what it says (RFC 9112, 11.2). */
export const corpus: readonly Attempt[] = [...lengthAgainstChunks, ...lengths, ...chunks, ...heads, ...nominations]
