import { describe, expect, it } from 'vitest'
import { resolveReference } from '../../../../electron/agent/commands/reference.ts'
import { idOfPublicKey } from '../../../../electron/agent/identity/node-id.ts'

const id = (text: string) => idOfPublicKey(new TextEncoder().encode(text))
const peers = [
  { id: id('a'), name: 'attic' },
  { id: id('b'), name: 'Mia' },
  { id: id('c'), name: 'mia' },
  { id: 'http://10.0.0.1:3000', name: 'old' },
]
const resolve = (reference: string) =>
  resolveReference(peers, reference, { noun: 'peer', named: (peer) => ({ ids: [peer.id], name: peer.name }) })

describe('reference', () => {
  it('finds by id however it is typed, by URL, and by name in any case', () => {
    expect(resolve(id('b').toLowerCase().replaceAll('-', ' '))).toBe(peers[1])
    expect(resolve('http://10.0.0.1:3000')).toBe(peers[3])
    expect(resolve('ATTIC')).toBe(peers[0])
  })

  it('never guesses between two of one name', () => {
    expect(() => resolve('mia')).toThrow(expect.objectContaining({ code: 'ambiguous', details: { ids: [id('b'), id('c')] } }))
  })

  it('says what is not there', () => {
    expect(() => resolve('cellar')).toThrow(expect.objectContaining({ code: 'not_found' }))
  })
})
