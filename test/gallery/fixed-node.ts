import { createStore } from 'zustand/vanilla'
import type { CallName } from '../../electron/contract/calls.ts'
import { failure } from '../../electron/contract/failure.ts'
import { type Bridge, CallError } from '../../renderer/bridge/bridge.ts'
import type { AppParts } from '../../renderer/store/app-context.ts'
import { createDialogStore } from '../../renderer/store/dialog-store.ts'
import type { WindowState } from '../../renderer/store/state-store.ts'
import { answers } from '../fixtures/answers.ts'
import { fixtureTime } from '../fixtures/household-peers.ts'
import { calm } from '../fixtures/snapshot.ts'
import type { ExhibitState } from './exhibit.ts'

/** What a component needs of the window, before a node that stands still: it answers from the fixtures and changes nothing. */
export function createFixedNode({
  snapshot,
  answers: own = {},
  pending = [],
  link = { kind: 'live' },
}: Omit<ExhibitState, 'show'>): AppParts {
  const known = { ...answers, ...own }
  const answer = (name: CallName): Promise<unknown> => {
    if (pending.includes(name)) return Promise.withResolvers().promise
    const value = known[name]
    if (value === undefined) return Promise.reject(new CallError({ code: 'not_found', message: `The gallery has no answer to ${name}.` }))
    if (typeof value === 'object' && 'error' in value) return Promise.reject(new CallError(failure.parse(value.error)))
    return Promise.resolve(value)
  }
  return {
    state: createStore<WindowState>(() => ({
      snapshot: snapshot ?? calm(),
      link,
      lostAt: link.kind === 'reconnecting' ? fixtureTime : null,
    })),
    dialogs: createDialogStore(),
    call: answer as Bridge['call'],
  }
}
