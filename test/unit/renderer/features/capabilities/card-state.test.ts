import { describe, expect, it } from 'vitest'
import type { ErrorCode } from '../../../../../electron/contract/error-codes.ts'
import { cardState } from '../../../../../renderer/features/capabilities/card-state.ts'
import { capabilityView } from '../../../../fixtures/views.ts'

const off = capabilityView({ enabled: false, state: 'off' })
const paused = { why: 'in_use', until: null } as const
const problem = { code: 'backend_failed', message: 'Nothing answers.' } as const
const someone = { id: 'NAS', name: 'nas' }

describe('the state on a card', () => {
  it('says what was chosen until the node has answered', () => {
    expect(cardState(off, true)).toEqual({ kind: 'starting' })
    expect(cardState(capabilityView(), false)).toEqual({ kind: 'stopping' })
    expect(cardState(capabilityView(), true)).toEqual({ kind: 'ready' })
  })

  it('counts who uses it', () => {
    expect(cardState(capabilityView({ usedBy: [someone] }))).toEqual({ kind: 'used', count: 1 })
  })

  it('names why it is paused, also while somebody is still counted', () => {
    expect(cardState(capabilityView({ state: 'paused', paused, usedBy: [someone] }))).toEqual({ kind: 'paused', ...paused })
  })

  it('shows a problem rather than a pause: only one of them ends by itself', () => {
    expect(cardState(capabilityView({ state: 'paused', paused, problem }))).toEqual({ kind: 'problem', what: 'other' })
  })

  it('tells silence from a wrong program, and both from the rest', () => {
    const found = (code: ErrorCode) => cardState(capabilityView({ problem: { ...problem, code } }))
    expect(found('timeout')).toEqual({ kind: 'problem', what: 'timeout' })
    expect(found('bad_answer')).toEqual({ kind: 'problem', what: 'bad_answer' })
    expect(found('internal')).toEqual({ kind: 'problem', what: 'other' })
  })

  it('is off whatever else is known', () => {
    expect(cardState({ ...off, problem, usedBy: [someone] })).toEqual({ kind: 'off' })
  })
})
