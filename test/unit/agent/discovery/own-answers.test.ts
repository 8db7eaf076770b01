import { describe, expect, it } from 'vitest'
import { isKnown, ownAnswer, ownWords } from '../../../../electron/agent/discovery/own-answers.ts'
import { lan, testIds } from '../../../fixtures/heard.ts'

const pointer = { name: '_freecompute._tcp.local', type: 'PTR', ttl: 28_800, data: 'attic._freecompute._tcp.local' }
const host = (type: string, data: string, ttl = 120) => ({ name: 'fcn-x.local', type, ttl, data })

describe('what this node answers', () => {
  it('has on each network only the addresses of that interface', () => {
    const { answers } = ownAnswer(
      { answers: [host('A', '192.168.1.20'), host('A', '10.9.0.1'), host('AAAA', 'fd00::20'), host('AAAA', 'fd11::1')] },
      lan,
    )
    expect(answers.map(({ data }) => data)).toEqual(['192.168.1.20', 'fd00::20'])
  })

  it('replaces what others remember of records that are ours alone, and lives as long as the standard says', () => {
    const { answers, additionals } = ownAnswer(
      { answers: [pointer], additionals: [host('SRV', ''), host('TXT', ''), host('A', '192.168.1.20')] },
      lan,
    )
    expect(answers).toEqual([{ ...pointer, ttl: 4_500 }])
    expect(additionals?.map(({ type, ttl, flush }) => [type, ttl, flush])).toEqual([
      ['SRV', 120, true],
      ['TXT', 4_500, true],
      ['A', 120, true],
    ])
  })

  it('says goodbye to this service, and not to the service type, which belongs to all', () => {
    const type = { name: '_services._dns-sd._udp.local', type: 'PTR', ttl: 0, data: '_freecompute._tcp.local' }
    expect(ownAnswer({ answers: [{ ...pointer, ttl: 0 }, type] }, lan).answers).toEqual([{ ...pointer, ttl: 0 }])
  })

  it('is needless when the asker has it and will have it for a while', () => {
    const answer = { answers: [{ ...pointer, ttl: 4_500 }] }
    expect(isKnown(answer, [{ ...pointer, ttl: 4_000 }])).toBe(true)
    expect(isKnown(answer, [{ ...pointer, data: 'ATTIC._freecompute._tcp.local', ttl: 4_000 }])).toBe(true)
    expect(isKnown(answer, [{ ...pointer, ttl: 100 }])).toBe(false)
    expect(isKnown(answer, [])).toBe(false)
  })

  it('is told by words that are in every packet about us', () => {
    expect(ownWords(testIds[0])).toEqual(['_freecompute', 'fcn-wdk5o4r-anahb2e-2d6liu3-e7ff23u', '_dns-sd'])
  })
})
