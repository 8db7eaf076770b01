import { describe, expect, it } from 'vitest'
import { mappingFindings } from '../../../../electron/agent/doctor/mapping-findings.ts'
import { mappingProblem } from '../../../../electron/contract/port-mapping.ts'

describe('what the doctor says about the router', () => {
  it('is nothing while nobody wants it asked', () => expect(mappingFindings({ state: 'off' })).toEqual([]))

  it('is where the internet reaches this node, and who says so', () => {
    const [finding] = mappingFindings({ state: 'mapped', by: 'UPnP', address: '11.22.33.1', port: 3001, until: null })
    expect(finding).toMatchObject({ id: 'port-mapping', state: 'ok', text: expect.stringMatching(/11\.22\.33\.1:3001.*UPnP/u) })
  })

  it('is that it does not know yet', () => expect(mappingFindings({ state: 'asking' })).toMatchObject([{ state: 'unknown' }]))

  it.each(mappingProblem.options)('is why not, and what to do: %s', (why) => {
    const [finding] = mappingFindings({ state: 'failed', why, detail: '100.64.7.1', retryAt: 0 })
    expect(finding?.state).toBe(why === 'own_public' ? 'info' : 'problem')
    expect(finding?.action).not.toBeNull()
  })

  it('names the shared address of the provider', () => {
    const [finding] = mappingFindings({ state: 'failed', why: 'shared_address', detail: '100.64.7.1', retryAt: 0 })
    expect(finding?.title).toContain('shares one address')
    expect(finding?.text).toContain('100.64.7.1')
  })
})
