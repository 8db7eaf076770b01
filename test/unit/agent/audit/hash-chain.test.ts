import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chainHash, genesis, type Unchained } from '../../../../electron/agent/audit/hash-chain.ts'

const first: Unchained = {
  seq: 1,
  at: 1767225600000,
  action: 'mesh.created',
  actor: 'attic',
  actorId: 'K7QDM3X-WPA4HNU-5SYB2RC-TJE6LQZ',
  subject: 'Maple Street',
  subjectId: null,
  outcome: 'ok',
  details: {},
}
const second: Unchained = {
  seq: 2,
  at: 1767225660000,
  action: 'request.refused',
  actor: '192.168.1.77',
  actorId: null,
  subject: null,
  subjectId: null,
  outcome: 'refused',
  details: { count: 3, code: 'unauthorized', address: '192.168.1.77', 'é "\n': [1.5, true, null] },
}

describe('the hash of an audit entry', () => {
  it('is as README.md documents it', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../../../electron/agent/audit/README.md'), 'utf8')
    const one = chainHash(genesis, first)
    const two = chainHash(one, second)
    expect(one).toBe('426e144512960348314f51c433179fc647dd37ecfced0d646a8ee2a60ba365db')
    expect(two).toBe('10ca0e419482b39f1ee21cb9b035c9155e53542c85abfb0d469bdf72de0a218b')
    expect(readme).toContain(one)
    expect(readme).toContain(two)
  })

  it('is SHA-256 over the hash before, a line feed and the canonical JSON', () => {
    const form =
      '{"action":"mesh.created","actor":"attic","actorId":"K7QDM3X-WPA4HNU-5SYB2RC-TJE6LQZ","at":1767225600000,"details":{},' +
      '"outcome":"ok","seq":1,"subject":"Maple Street","subjectId":null}'
    expect(chainHash(genesis, first)).toBe(
      createHash('sha256')
        .update(`${'0'.repeat(64)}\n${form}`)
        .digest('hex'),
    )
  })
})
