import { describe, expect, it } from 'vitest'
import { announcedTrailers, answerTrailers, requestTrailers } from '../../../../electron/agent/routing/trailer-rules.ts'

const chunked = { 'transfer-encoding': 'chunked' }
/** Each would change, behind the body, what the head has decided: its end, its way, its meaning, or who may have it. */
const smuggled = [
  ...['Content-Length', 'Transfer-Encoding', 'Host', 'Via', 'Trailer', 'TE', 'Connection', 'Upgrade', 'Expect', 'Range', 'If-Match'],
  ...['Authorization', 'Proxy-Authorization', 'Cookie', 'Set-Cookie', 'X-Api-Key', 'Idempotency-Key', 'Forwarded', 'X-Forwarded-For'],
  ...['Content-Type', 'Content-Encoding', 'Content-Range', 'Cache-Control', 'X-Request-Id', 'X-Fcn-Caller', 'X-Fcn-Timeout'],
]

describe('trailers of a request', () => {
  it('are known by their announcement, once each', () => {
    expect(announcedTrailers({ ...chunked, trailer: 'X-Sum, x-sum ,Content-MD5' })).toEqual(['x-sum', 'content-md5'])
    expect(announcedTrailers(chunked)).toBeNull()
  })

  it('do not follow a body whose length is known', () => {
    expect(announcedTrailers({ trailer: 'x-sum', 'content-length': '5' })).toBeNull()
  })

  it.each(smuggled)('are never %s', (name) => {
    expect(announcedTrailers({ ...chunked, trailer: name })).toBeNull()
  })

  it('are no names that Connection keeps for one connection, and nothing but names', () => {
    const connection = 'close, X-Mine'
    expect(announcedTrailers({ ...chunked, connection, trailer: 'x-mine, , a b, x\r\ny, "q", x-sum' })).toEqual(['x-sum'])
  })

  it('pass when they were announced, in order, however often', () => {
    const given = ['X-Sum', '1', 'X-Other', 'no', 'x-sum', '2', '__proto__', 'x']
    expect(requestTrailers(given, ['x-sum', '__proto__'])).toEqual(
      Object.assign(Object.create(null), { ['x-sum']: ['1', '2'], ['__proto__']: 'x' }),
    )
  })

  it('end where they would be too much for the next hop, and have no values that HTTP/1.1 cannot say', () => {
    expect(requestTrailers(['a', 'x'.repeat(8_000), 'b', 'y'.repeat(200), 'c', 'z'], ['a', 'b', 'c'])).toEqual({ a: 'x'.repeat(8_000) })
    expect(requestTrailers(['a', 'one\r\nb: two', 'c', '☃', 'd', 'é'], ['a', 'c', 'd'])).toEqual({ d: 'é' })
  })
})

describe('trailers of an answer', () => {
  it('pass, but none that say how to read the message or come from a node', () => {
    const allowed = { 'x-sum': '1', 'grpc-status': ['0', '1'], 'server-timing': 'db;dur=5' }
    const all = { ...Object.fromEntries(smuggled.map((name) => [name.toLowerCase(), 'x'])), ...allowed }
    expect(answerTrailers(all)).toEqual(allowed)
    expect(answerTrailers({})).toBeNull()
  })

  it('of a node pass under the one name that is its word', () => {
    const given = { 'x-fcn-tokens': '1 2', 'x-fcn-caller': 'x' }
    expect(answerTrailers(given, 'x-fcn-tokens')).toEqual({ 'x-fcn-tokens': '1 2' })
    expect(answerTrailers(given)).toBeNull()
  })
})
