import { describe, expect, it } from 'vitest'
import type { CallHandlers, CallName } from '../../../../electron/contract/calls.ts'
import { createDispatch } from '../../../../electron/agent/commands/dispatch.ts'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { createKeptLog } from '../../../fakes/kept-log.ts'

const setUp = (handlers: Partial<CallHandlers>) => {
  const log = createKeptLog()
  return { log, dispatch: createDispatch(handlers as CallHandlers, log) }
}

describe('dispatch', () => {
  it('passes validated input, with defaults filled in', async () => {
    const seen: unknown[] = []
    const { dispatch } = setUp({ 'audit.list': (query) => (seen.push(query), []) })
    expect(await dispatch('audit.list', {})).toEqual({ ok: true, value: [] })
    expect(seen).toEqual([{ limit: 100 }])
  })

  it.each([[null], [[]], ['text'], [{ name: 5 }], [{ name: 'a', more: 1 }], [{ name: 'x'.repeat(1 << 20) }]])(
    'refuses %j before the handler runs',
    async (input) => {
      const { dispatch } = setUp({
        'mesh.create': () => {
          throw new Error('must not run')
        },
      })
      expect(await dispatch('mesh.create', input)).toMatchObject({ ok: false, error: { code: 'invalid_input' } })
    },
  )

  it.each(['nothing.here', '__proto__', 'constructor', 'toString'])('knows no call named %s', async (name) => {
    const { dispatch } = setUp({})
    expect(await dispatch(name as CallName, {})).toMatchObject({ ok: false, error: { code: 'not_found' } })
  })

  it('gives errors of the table as they are', async () => {
    const { dispatch } = setUp({
      'mesh.list': () => {
        throw new FcnError('busy', 'Busy.', { action: 'Wait.' })
      },
    })
    expect(await dispatch('mesh.list', {})).toEqual({ ok: false, error: { code: 'busy', message: 'Busy.', action: 'Wait.' } })
  })

  it('tells a caller nothing of unexpected errors, and the log everything', async () => {
    const error = new Error('the secret is 42')
    const { dispatch, log } = setUp({ 'mesh.list': () => Promise.reject(error) as never })
    const result = await dispatch('mesh.list', {})
    expect(JSON.stringify(result)).not.toContain('42')
    expect(log.lines).toMatchObject([{ level: 'error', facts: { error, call: 'mesh.list' } }])
  })
})
