import type { Socket } from 'node:net'
import type { Script } from '../routing/scripted-service.ts'

/** An answer that nobody asked for; whoever takes it for one has been split. */
const injected = 'HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\ninjected'
const head = (...lines: string[]) => `HTTP/1.1 200 OK\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`
const chunked = 'Transfer-Encoding: chunked'
const ok = (body: string) => ({ status: 200, body })

const unclear: Script[] = [
  { name: 'a length and chunks', send: head('Content-Length: 5', chunked) + `5\r\nhello\r\n0\r\n\r\n${injected}`, fate: 'refused' },
  { name: 'two lengths', send: `${head('Content-Length: 5', 'Content-Length: 50')}hello${injected}`, fate: 'refused' },
  { name: 'a length with a sign', send: `${head('Content-Length: +5')}hello${injected}`, fate: 'refused' },
  { name: 'a length in hexadecimal', send: `${head('Content-Length: 0x5')}hello${injected}`, fate: 'refused' },
  { name: 'a length beyond all numbers', send: `${head('Content-Length: 99999999999999999999')}hello`, fate: 'refused' },
  { name: 'a coding that is not chunked', send: `${head('Transfer-Encoding: xchunked')}hello`, end: true, fate: 'either' },
  { name: 'a coding that nobody undoes', send: `${head('Transfer-Encoding: cow, chunked')}5\r\nhello\r\n0\r\n\r\n`, fate: 'either' },
  { name: 'a chunk size that is none', send: `${head(chunked)}5x\r\nhello\r\n0\r\n\r\n`, fate: 'either' },
  { name: 'a chunk size beyond all numbers', send: `${head(chunked)}FFFFFFFFFFFFFFFFF\r\nhello`, fate: 'either' },
  { name: 'a chunk longer than it says', send: `${head(chunked)}2\r\nhello\r\n0\r\n\r\n`, fate: 'either' },
  { name: 'a trailer about the length', send: `${head(chunked, 'Trailer: Content-Length')}5\r\nhello\r\n0\r\nContent-Length: 100\r\n\r\n`, fate: 'either' },
  { name: 'a trailer about the node', send: `${head(chunked)}5\r\nhello\r\n0\r\nX-FCN-Node: me\r\nConnection: close\r\n\r\n`, fate: ok('hello') },
  { name: 'a folded field', send: `${head('X-A: a', ' b: c', 'Content-Length: 5')}hello`, fate: 'either' },
  { name: 'a space before the colon', send: `${head('Content-Length : 5')}hello`, fate: 'refused' },
  { name: 'a bare line feed', send: `HTTP/1.1 200 OK\r\nX-A: a\nContent-Length: 5\r\n\r\nhello${injected}`, fate: 'refused' },
  { name: 'a bare carriage return', send: `${head('X-A: a\rX-B: b', 'Content-Length: 5')}hello`, fate: 'refused' },
  { name: 'a zero byte in a field', send: `${head('X-A: a\0b', 'Content-Length: 5')}hello`, fate: 'refused' },
  { name: 'a line end in the reason', send: `HTTP/1.1 200 OK\rSet-Cookie: a=b\r\nContent-Length: 5\r\n\r\nhello`, fate: 'refused' },
  { name: 'no HTTP at all', send: 'hello, world\r\n\r\n', fate: 'refused' },
  { name: 'HTTP/0.9', send: '<html></html>', end: true, fate: 'refused' },
  { name: 'HTTP/2', send: '\0\0\u0012\u0004\0\0\0\0\0\0\u0003\0\0\0\u0064\0\u0004\0\u00a0\0\0\0\u0005\0\u00a0\0\0', end: true, fate: 'refused' },
  { name: 'a status of four digits', send: 'HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n', fate: 'refused' },
  { name: 'a status of 999', send: 'HTTP/1.1 999 OK\r\nContent-Length: 0\r\n\r\n', fate: 'either' },
] // prettier-ignore

const tooMuch: Script[] = [
  { name: 'a second answer behind the first', send: `${head('Content-Length: 5')}hello${injected}`, fate: ok('hello') },
  { name: 'bytes behind the answer', send: `${head('Content-Length: 5')}hello, world`, fate: ok('hello') },
  { name: 'a body behind 204', send: `HTTP/1.1 204 No Content\r\nContent-Length: ${injected.length}\r\n\r\n${injected}`, fate: { status: 204, body: '' } },
  { name: 'a body behind 304', send: `HTTP/1.1 304 Not Modified\r\nContent-Length: ${injected.length}\r\n\r\n${injected}`, fate: { status: 304, body: '' } },
  { name: 'chunks behind 304', send: `HTTP/1.1 304 Not Modified\r\n${chunked}\r\n\r\n5\r\nhello\r\n0\r\n\r\n`, fate: { status: 304, body: '' } },
  { name: 'a body behind the answer to HEAD', method: 'HEAD', send: `${head(`Content-Length: ${injected.length}`)}${injected}`, fate: { status: 200, body: '' } },
  { name: 'a switch that nobody asked for', send: `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n${injected}`, fate: 'refused' },
  { name: 'headers without an end', send: (socket) => void socket.write(`HTTP/1.1 200 OK\r\n${'X-A: a\r\n'.repeat(100_000)}`), fate: 'refused' },
  { name: 'a header of 1 MB', send: head(`X-A: ${'a'.repeat(1_000_000)}`, 'Content-Length: 0'), fate: 'refused' },
  { name: 'eight interim answers', send: `${'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(8)}${head('Content-Length: 5')}hello`, fate: ok('hello') },
  { name: '100 interim answers', send: `${'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(100)}${head('Content-Length: 5')}hello`, fate: 'either' },
  { name: 'interim answers without an end', send: (socket) => flood(socket, 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'), fate: 'refused' },
  { name: 'continues without an end', send: (socket) => flood(socket, 'HTTP/1.1 100 Continue\r\n\r\n'), fate: 'refused' },
] // prettier-ignore

const tooLittle: Script[] = [
  { name: 'an end before the head', send: 'HTTP/1.1 200 OK\r\nX-A: ', end: true, fate: 'refused' },
  { name: 'fewer bytes than it says', send: `${head('Content-Length: 50')}hello`, end: true, fate: 'either' },
  { name: 'chunks without an end', send: `${head(chunked)}5\r\nhello\r\n`, end: true, fate: 'either' },
  { name: 'an end at the end', send: `${head()}hello`, end: true, fate: ok('hello') },
]

/** What a hostile or broken program may answer. */
export const hostileAnswers: readonly Script[] = [...unclear, ...tooMuch, ...tooLittle]

/** Sends the same over and over until it is cut off, 64 KiB at a time. */
function flood(socket: Socket, text: string): void {
  const block = text.repeat(Math.ceil(65_536 / text.length))
  const more = () => {
    while (!socket.destroyed && socket.write(block));
  }
  socket.on('drain', more)
  more()
}
