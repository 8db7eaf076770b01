import { describe, expect, it } from 'vitest'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { codeOf, DialError, networkError } from '../../../../electron/agent/transport/network-error.ts'

const coded = (code: string) => Object.assign(new Error(code), { code })

describe('what went wrong on the network', () => {
  it('is said of a connection that did not come about as such, with the code of the system kept', () => {
    const error = DialError.of(coded('ECONNREFUSED'))
    expect(error).toMatchObject({ code: 'unreachable', message: 'The connection was refused: nothing listens there.' })
    expect(codeOf(error.cause)).toBe('ECONNREFUSED')
    expect(DialError.of(error)).toBe(error)
    expect(DialError.of(new FcnError('key_mismatch', 'Another node.', { details: { found: 'x' } }))).toMatchObject({
      code: 'key_mismatch',
      details: { found: 'x' },
    })
  })

  it('says of TLS that breaks later that something was altered, since then a request may have arrived', () => {
    const broken = coded('ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC')
    expect(DialError.of(broken).message).toBe('No encrypted connection came about at this address.')
    expect(networkError(broken)).not.toBeInstanceOf(DialError)
    expect(networkError(broken).message).toContain('altered')
    expect(networkError(coded('ETIMEDOUT'))).not.toBeInstanceOf(DialError)
  })
})
