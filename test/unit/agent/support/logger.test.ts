import { describe, expect, it } from 'vitest'
import { createLogger, type LogLevel } from '../../../../electron/agent/support/logger.ts'

function openLog(level: LogLevel = 'debug') {
  const lines: string[] = []
  const log = createLogger(level, { write: (line: string) => void lines.push(line) })
  return { log, text: () => lines.join(''), lines: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) }
}

describe('logger', () => {
  it('writes a sentence, its level, time and part', () => {
    const { log, lines } = openLog()
    log.part('transport').info({ peer: 'nas' }, 'A peer was reached.')
    expect(lines()).toEqual([
      { level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/) as string, part: 'transport', peer: 'nas', msg: 'A peer was reached.' },
    ])
  })

  it('writes no secret, in whatever case and depth it is given', () => {
    const { log, text } = openLog()
    const secrets = { key: 's3cret', token: 's3cret', password: 's3cret', apiKey: 's3cret', authorization: 's3cret', cookie: 's3cret' }
    log.info({ ...secrets, headers: { ...secrets, 'x-api-key': 's3cret', 'set-cookie': 's3cret' } }, 'Flat and nested.')
    log.part('api').warn({ request: { headers: { ...secrets, 'X-API-Key': 's3cret' } } }, 'Deep.')
    log.info({ a: { b: { c: { d: { e: { f: { token: 's3cret' } } } } } }, list: [{ api_key: 's3cret' }] }, 'Deeper.')
    expect(text()).toContain('[secret]')
    expect(text()).not.toContain('s3cret')
  })

  it('writes the cause of an error with its message and stack', () => {
    const { log, text } = openLog()
    log.error({ error: new Error('outer', { cause: new Error('inner') }) }, 'It broke.')
    expect(text()).toContain('outer')
    expect(text()).toContain('inner')
    expect(text()).toContain('logger.test')
  })

  it('survives facts that contain themselves', () => {
    const { log, lines } = openLog()
    const facts: Record<string, unknown> = { peer: 'nas' }
    facts['self'] = facts
    log.info(facts, 'A cycle.')
    expect(lines()[0]).toMatchObject({ peer: 'nas', msg: 'A cycle.' })
  })

  it('changes its level for all parts at once', () => {
    const { log, lines } = openLog('warn')
    const part = log.part('api').part('local')
    part.info({}, 'no')
    part.warn({}, 'yes')
    log.setLevel('error')
    part.warn({}, 'no')
    log.setLevel('debug')
    part.debug({}, 'yes')
    expect(lines().map(({ msg }) => msg)).toEqual(['yes', 'yes'])
  })
})
