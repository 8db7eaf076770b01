import { describe, expect, it } from 'vitest'
import { type CallBack, callBackFindings, clockFindings, portFinding } from '../../../../electron/agent/doctor/contact-findings.ts'

const reached = (peer: string, more: Partial<CallBack> = {}): CallBack => ({
  ...{ peer, answer: { reached: true, problem: null, address: '192.168.1.20:3000' }, why: null, offset: 0, ...more },
})
const own = { port: 3000, movedFrom: null, hosts: ['192.168.1.20', 'fd00::20'], answering: ['192.168.1.20', 'fd00::20'] }

describe('the finding about the port', () => {
  it('is well when every address that others are told answers', () => {
    expect(portFinding(own)).toMatchObject({ state: 'ok', text: 'This node answers at 192.168.1.20, fd00::20.' })
    expect(portFinding({ ...own, port: 3001, movedFrom: 3000 }).text).toContain('Port 3000 was taken')
  })

  it('names the address that does not answer, a node that only this computer reaches, and one that listens nowhere', () => {
    expect(portFinding({ ...own, answering: ['192.168.1.20'] })).toMatchObject({
      state: 'warning',
      text: expect.stringContaining('fd00::20'),
    })
    expect(portFinding({ ...own, hosts: ['127.0.0.1'], answering: ['127.0.0.1'] }).state).toBe('problem')
    expect(portFinding({ ...own, port: null }).state).toBe('problem')
  })
})

describe('the finding about a peer that connects back', () => {
  it('tells whether it reached this node, and where it tried', () => {
    const refused = { reached: false, problem: 'The connection was refused: nothing listens there.', address: '192.168.1.20:3000' }
    const findings = callBackFindings([
      reached('attic'),
      reached('mia', { answer: refused }),
      reached('old', { answer: null, why: 'It cannot.' }),
    ])
    expect(findings.map(({ state }) => state)).toEqual(['ok', 'problem', 'unknown'])
    expect(findings[1]?.text).toContain('192.168.1.20:3000: The connection was refused')
  })

  it('says so when there is nobody to ask', () => {
    expect(callBackFindings([])).toMatchObject([{ state: 'unknown', action: 'Look again when a peer is online.' }])
  })
})

describe('the finding about the clock', () => {
  it('takes the peer in the middle: one wrong clock elsewhere is not ours', () => {
    const offsets = [{ offset: 3_600_000 }, { offset: 400 }, { offset: -200 }]
    expect(clockFindings(offsets.map((more) => reached('p', more)))).toMatchObject([{ state: 'ok' }])
  })

  it('warns from half a minute on, and says which way', () => {
    expect(clockFindings([reached('attic', { offset: 95_000 })])).toMatchObject([
      { state: 'warning', title: 'The clock is 95 s behind attic' },
    ])
    expect(clockFindings([reached('attic', { offset: -3_600_000 })])).toMatchObject([
      { state: 'problem', title: 'The clock is 3600 s ahead of attic' },
    ])
    expect(clockFindings([reached('attic', { offset: null })])).toEqual([])
  })
})
