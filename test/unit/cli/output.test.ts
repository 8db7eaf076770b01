import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { createOutput, type TextStream } from '../../../electron/cli/output.ts'

function outputTo(stdout: Partial<TextStream> = {}, { json = false, isTTY = false } = {}) {
  const written = { stdout: '', stderr: '' }
  const output = createOutput({
    stdout: { write: (text) => void (written.stdout += text), ...stdout },
    stderr: { write: (text) => void (written.stderr += text), isTTY },
    json,
    env: {},
  })
  return { output, written }
}

describe('the output of a command', () => {
  it('lets no control character through, in texts, notes and documents', () => {
    const people = outputTo()
    people.output.result({}, 'a\u001b[2J\nb\u202e')
    people.output.note('c\u009b')
    expect(people.written).toEqual({ stdout: 'a�[2J\nb�\n', stderr: 'c�\n' })

    const program = outputTo({}, { json: true })
    program.output.result({ name: 'a\u009b\u202e' }, '')
    program.output.note('not for programs')
    expect(program.written).toEqual({ stdout: '{\n  "name": "a\\u009b\\u202e"\n}\n', stderr: '' })
  })

  it('waits while the reader is slow', async () => {
    const drain = new EventEmitter()
    const { output } = outputTo({ write: () => false, once: (event, listener) => drain.once(event, listener) })
    let done = false
    const streamed = output.stream('x').then(() => (done = true))
    await Promise.resolve()
    expect(done).toBe(false)
    drain.emit('drain')
    await streamed
    expect(done).toBe(true)
  })

  it('shows progress on a terminal only', () => {
    const terminal = outputTo({}, { isTTY: true })
    terminal.output.progress('1 of 2')
    terminal.output.progress('')
    expect(terminal.written.stderr).toBe('\r\u001b[K1 of 2\r\u001b[K')
    const file = outputTo()
    file.output.progress('1 of 2')
    expect(file.written.stderr).toBe('')
  })

  it('knows the width of a terminal, and takes 80 for one that does not say', () => {
    expect(outputTo({ isTTY: true, columns: 120 }).output.width).toBe(120)
    expect(outputTo({ isTTY: true, columns: 0 }).output.width).toBe(80)
    expect(outputTo({ columns: 120 }).output.width).toBeNull()
  })
})
