import { describe, expect, it } from 'vitest'
import type { CallBack } from '../../../../electron/agent/doctor/contact-findings.ts'
import { hubFindings } from '../../../../electron/agent/doctor/hub-findings.ts'
import { aTunnel } from '../../../fixtures/hubs.ts'

const back = (reached: boolean): CallBack => ({
  ...{ peer: 'attic', answer: { reached, problem: null, address: '192.168.1.20:3000' }, why: null, offset: 0 },
})
const unasked: CallBack = { peer: 'mia', answer: null, why: 'It did not answer.', offset: null }
const down = aTunnel('cellar', { state: 'down', problem: { code: 'timeout', message: 'cellar does not answer.' } })

describe('the finding about hubs', () => {
  it('says through which hubs others reach a node that nobody reaches directly', () => {
    const found = hubFindings([back(false), unasked], [aTunnel('vps'), aTunnel('attic'), down])
    expect(found).toMatchObject([{ state: 'info', title: 'Others reach this node only through vps and attic' }])
  })

  it('is a problem when neither a peer nor a hub leads to this node, and says why', () => {
    const [found] = hubFindings([back(false)], [down])
    expect(found).toMatchObject({ state: 'problem', title: 'This node is not attached to cellar' })
    expect(found?.text).toContain('cellar does not answer.')
  })

  it('is well when one peer gets through, and only said when nobody could be asked', () => {
    expect(hubFindings([back(false), back(true)], [aTunnel('vps')])).toMatchObject([{ state: 'ok' }])
    expect(hubFindings([unasked], [aTunnel('vps')])).toMatchObject([{ state: 'ok', title: 'This node is attached to vps' }])
    expect(hubFindings([unasked], [down])).toMatchObject([{ state: 'info' }])
  })

  it('is none without tunnels', () => {
    expect(hubFindings([back(false)], [])).toEqual([])
  })
})
