/**
 * Turns the node whose process loads this first (`--import`) into a hub that meddles with what it passes on: the program is the
 * real one, only what it writes for others is altered. The file that FCN_HOSTILE names says how (hostile-mode.ts).
 */
import { EventEmitter } from 'node:events'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import type { ServerHttp2Stream } from 'node:http2'
import { connect, Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { laneReady } from '../../../electron/agent/protocol/tunnel-protocol.ts'
import { type HostileMode, wholesome } from './hostile-mode.ts'

interface Way {
  stream: Duplex
  /** Where what comes from this one goes; unknown for streams of tunnels. */
  mate: Way | null
  /** Bytes written to it. */
  passed: number
  meddled: boolean
}

/** A connection that is let through for so long shows how it is meddled with in the middle, bytes. */
const innocent = 100_000
const write = Duplex.prototype.write as (this: Duplex, chunk: unknown, ...more: unknown[]) => boolean
const file = process.env['FCN_HOSTILE'] as string
const ways = new Map<Duplex, Way>()
let unmated: Way | null = null
let before: HostileMode = wholesome

function mode(): HostileMode {
  const now = JSON.parse(readFileSync(file, 'utf8')) as HostileMode
  if (JSON.stringify(now) === JSON.stringify(before)) return now
  const needsNew = ['flip early', 'redirect', 'itself'].includes(now.how) || now.lanes !== before.lanes
  before = now
  for (const way of ways.values()) {
    way.meddled = false
    // streams that wait for somebody are no connections yet
    if (needsNew && way.passed > 0) way.stream.destroy()
  }
  writeFileSync(`${file}.applied`, JSON.stringify(now))
  return now
}
setInterval(mode, 50).unref()

function watched(stream: Duplex): Way {
  const way: Way = { stream, mate: null, passed: 0, meddled: false }
  ways.set(stream, way)
  stream.once('close', () => ways.delete(stream))
  return way
}

/** For the test: it has done so. */
const note = (how: HostileMode['how']) => appendFileSync(`${file}.done`, `${how}\n`)

/** What is written in place of a chunk. */
function meddle(way: Way, chunk: Buffer): Buffer[] {
  const { how } = mode()
  way.passed += chunk.length
  const inTheMiddle = how === 'flip' || how === 'drop' || how === 'replay' || (how === 'reflect' && way.mate !== null)
  const due = how === 'flip early' ? way.passed === chunk.length : inTheMiddle && way.passed > innocent
  if (!due || way.meddled) return [chunk]
  way.meddled = true
  note(how)
  if (how === 'drop') return []
  if (how === 'replay') return [chunk, chunk]
  if (how === 'reflect' && way.mate) {
    write.call(way.mate.stream, chunk)
    return []
  }
  const altered = Buffer.from(chunk)
  const middle = altered.length >> 1
  altered.writeUInt8(altered.readUInt8(middle) ^ 1, middle)
  return [altered]
}

/** In place of the node that was asked for, this hub itself answers. */
function answerItself(way: Way, asker: Way, chunk: Buffer): void {
  way.meddled = true
  note('itself')
  const own = connect(3000, '127.0.0.1')
  own.on('error', () => asker.stream.destroy()).on('data', (bytes) => write.call(asker.stream, bytes))
  own.write(chunk)
  way.stream.write = (bytes: unknown) => own.write(bytes as Buffer)
}

const writeFor = (way: Way, chunk: unknown, more: unknown[]): boolean => {
  if (!Buffer.isBuffer(chunk)) return write.call(way.stream, chunk, ...more)
  const isHello = way.passed === 0 && chunk[0] === 0x16
  if (mode().how === 'itself' && isHello && way.mate && !way.mate.meddled) {
    way.passed += chunk.length
    answerItself(way, way.mate, chunk)
    return true
  }
  let room = true
  for (const each of meddle(way, chunk)) room = write.call(way.stream, each, ...more)
  return room
}

Socket.prototype.write = function (this: Socket, chunk: unknown, ...more: unknown[]): boolean {
  const known = ways.get(this)
  if (known) return writeFor(known, chunk, more)
  if (chunk === laneReady) {
    if (mode().lanes === false) {
      this.destroy()
      return true
    }
    const way = watched(this)
    // both sides of a connection are told in one turn
    if (unmated) [way.mate, unmated.mate, unmated] = [unmated, way, null]
    else {
      unmated = way
      queueMicrotask(() => (unmated = null))
    }
  }
  return write.call(this, chunk, ...more)
}

const emit = EventEmitter.prototype.emit
EventEmitter.prototype.emit = function (this: EventEmitter, event: string | symbol, ...args: unknown[]): boolean {
  if (event === 'stream') {
    const [stream, headers] = args as [ServerHttp2Stream, Record<string, string>]
    const { how, instead } = mode()
    if (how === 'redirect' && headers[':method'] === 'CONNECT' && headers[':authority'] === instead?.of) {
      headers[':authority'] = instead?.to ?? ''
      note(how)
    }
    if (headers[':method'] === 'CONNECT' || headers[':path'] === '/accept') {
      const way = watched(stream)
      stream.write = ((chunk: unknown, ...more: unknown[]) => writeFor(way, chunk, more)) as Duplex['write']
    }
  }
  return emit.call(this, event, ...args)
}
