import { describe, expect, it } from 'vitest'
import { checkForm } from '../../../../electron/agent/api/request-form.ts'

const form = (url: string, rawHeaders: string[], httpVersion = '1.1') => ({ url, rawHeaders, httpVersion })
const host = ['Host', '127.0.0.1:3000']

describe('the form of a request', () => {
  it('is a path and one host', () => {
    expect(() => checkForm(form('/a?b', ['Accept', 'host', ...host]))).not.toThrow()
    expect(() => checkForm(form('/', [], '1.0'))).not.toThrow()
    expect(() => checkForm(form('/', [...host, 'Transfer-Encoding', 'Chunked']))).not.toThrow()
    expect(() => checkForm(form('/', host, '2.0'))).not.toThrow()
  })

  it.each([
    ['two hosts', form('/', [...host, 'hOST', 'evil.test'])],
    ['no host', form('/', ['Accept', '*/*'])],
    ['an absolute address', form('http://127.0.0.1:3000/', host)],
    ['an asterisk', form('*', host)],
    ['nothing', form('', host)],
    ['a coding before chunked', form('/', [...host, 'Transfer-Encoding', 'gzip, chunked'])],
    ['a coding besides chunked', form('/', [...host, 'Transfer-Encoding', 'identity', 'transfer-encoding', 'chunked'])],
    ['chunked twice', form('/', [...host, 'Transfer-Encoding', 'chunked', 'Transfer-Encoding', 'chunked'])],
    ['chunks in HTTP/1.0', form('/', [...host, 'Transfer-Encoding', 'chunked'], '1.0')],
    ['no version', form('/', host, '0.9')],
  ])('is refused with %s', (_what, request) => {
    expect(() => checkForm(request)).toThrow(expect.objectContaining({ code: 'invalid_input' }) as Error)
  })
})
