import { describe, expect, it } from 'vitest'
import { createKeyUse } from '../../../../electron/agent/audit/key-use.ts'
import type { Line } from '../../../../electron/agent/audit/line-sums.ts'
import { createRefusals } from '../../../../electron/agent/audit/refusals.ts'
import type { Caller } from '../../../../electron/agent/components.ts'

const stranger: Caller = { kind: 'plain', address: '192.168.1.77', loopback: false }
const mia: Caller = { kind: 'node', id: 'MIA', publicKey: 'k', address: '192.168.1.5' }

const setUp = () => {
  const lines: Line[] = []
  const sums = { add: (line: Line) => void lines.push(line) }
  return { lines, keyUse: createKeyUse({ sums }), refusals: createRefusals({ sums, nameOf: (id) => (id === 'MIA' ? 'mia' : null) }) }
}

describe('refusals', () => {
  it('name the address and the code', () => {
    const { lines, refusals } = setUp()
    refusals.request(stranger, {}, 'forbidden')
    expect(lines).toEqual([
      {
        action: 'request.refused',
        actor: '192.168.1.77',
        actorId: null,
        outcome: 'refused',
        details: { code: 'forbidden', address: '192.168.1.77' },
      },
    ])
  })

  it('name a node by the key it has proved', () => {
    const { lines, refusals } = setUp()
    refusals.request(mia, {}, 'not_granted')
    refusals.request({ ...mia, id: 'X' }, {}, 'not_member')
    expect(lines).toMatchObject([
      { actor: 'mia', actorId: 'MIA' },
      { actor: 'X', actorId: 'X' },
    ])
  })

  it('tell a wrong key from a missing one, and say nothing of the key', () => {
    const { lines, refusals } = setUp()
    refusals.request(stranger, {}, 'unauthorized')
    refusals.request(stranger, { 'x-api-key': 'guess-1' }, 'unauthorized')
    refusals.request(stranger, { authorization: 'Bearer guess-2' }, 'unauthorized')
    expect(lines.map(({ action }) => action)).toEqual(['request.refused', 'key.refused', 'key.refused'])
    expect(JSON.stringify(lines)).not.toContain('guess')
  })

  it('leave out the errors of everyday life', () => {
    const { lines, refusals } = setUp()
    for (const code of ['not_found', 'conflict', 'no_mesh', 'unreachable', 'busy', 'internal'] as const)
      refusals.request(stranger, {}, code)
    expect(lines).toEqual([])
  })

  it('count connections, and addresses where another key answers', () => {
    const { lines, refusals } = setUp()
    refusals.connection('10.0.0.1', 'timeout')
    refusals.otherKey('MIA', 'https://192.168.1.5:3000')
    expect(lines).toMatchObject([
      { action: 'connection.refused', actor: '10.0.0.1', details: { code: 'timeout', address: '10.0.0.1' } },
      {
        action: 'connection.refused',
        details: { code: 'key_mismatch', address: 'https://192.168.1.5:3000', peer: 'mia', peerId: 'MIA' },
      },
    ])
  })
})

describe('use of the API key', () => {
  it('is counted per address, but for programs on this machine', () => {
    const { lines, keyUse } = setUp()
    keyUse.used(stranger)
    keyUse.used({ kind: 'plain', address: '127.0.0.1', loopback: true })
    expect(lines).toMatchObject([{ action: 'key.used', actor: '192.168.1.77', outcome: 'ok' }])
  })
})
