import { describe, expect, it } from 'vitest'
import { logLine } from '../../../../electron/agent/diagnostics/log-line.ts'

const plain = (text: string) => text
const line = (facts: object) =>
  JSON.stringify({ level: 'warn', time: '2026-11-22T09:41:00.000Z', part: 'discovery', msg: 'It broke.', ...facts })

describe('a line of the log', () => {
  it('keeps when, how bad, which part and what, and facts that are numbers or words of the program', () => {
    expect(logLine(line({ port: 3000, ok: false, code: 'ECONNRESET' }), plain)).toBe(
      '2026-11-22T09:41:00.000Z warn  [discovery] It broke. port=3000 ok=false code=ECONNRESET',
    )
  })

  it('leaves every other fact out, also deeper ones and those with a strange name', () => {
    const text = logLine(
      line({
        peer: 'hunter2',
        url: 'http://hunter2',
        headers: { cookie: 'hunter2' },
        list: ['hunter2'],
        code: 'hunter2 x',
        'hunter2 y': 1,
      }),
      plain,
    )
    expect(text).toBe('2026-11-22T09:41:00.000Z warn  [discovery] It broke.')
  })

  it('keeps of an error its code, its redacted words and where in the program it was', () => {
    const stack =
      'Error: no\n    at async open (file:///home/mia/fcn/out/main/chunks/shared-x.js:12:5)\n    at /home/mia/a/b.ts:3:1\n    at native'
    const text = logLine(line({ error: { message: 'no hunter2', code: 'EIO', stack, cause: { message: 'hunter2' } } }), (words) =>
      words.replaceAll('hunter2', '…'),
    )
    expect(text).toBe('2026-11-22T09:41:00.000Z warn  [discovery] It broke. code=EIO error: no … at open shared-x.js:12:5 at b.ts:3:1')
  })

  it('is nothing when it is no line of ours', () => {
    for (const text of [
      '',
      'hunter2',
      '{"level":"warn"}',
      '[1]',
      line({ level: 'hunter2' }),
      line({ time: 'hunter2' }),
      line({ part: 'Hunter2!' }),
    ])
      expect(logLine(text, plain)).toBeNull()
  })
})
