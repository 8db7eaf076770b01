import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createTerminal, type Keyboard, Stopped } from '../../../electron/cli/terminal.ts'

interface Given {
  keyboard?: boolean
  screen?: boolean
  json?: boolean
}

function terminalOf({ keyboard = true, screen = true, json = false }: Given = {}) {
  const stdin: Keyboard = new PassThrough()
  stdin.isTTY = keyboard
  const signals = new EventEmitter()
  let shown = ''
  const stderr = { isTTY: screen, write: (text: string) => void (shown += text) }
  return { stdin, signals, shown: () => shown, terminal: createTerminal({ stdin, stderr, signals, json }) }
}

describe('the terminal', () => {
  it('asks only where somebody sees the question and can answer, and no program waits', () => {
    expect(terminalOf().terminal.interactive).toBe(true)
    expect(terminalOf({ keyboard: false }).terminal.interactive).toBe(false)
    expect(terminalOf({ screen: false }).terminal.interactive).toBe(false)
    expect(terminalOf({ json: true }).terminal.interactive).toBe(false)
  })

  it('shows no control character of a name in a question', async () => {
    const { terminal, stdin, shown } = terminalOf()
    stdin.push('y\n')
    expect(await terminal.ask('Remove x\u001b[2J?')).toBe('y')
    expect(shown()).toBe('Remove x�[2J? ')
  })

  it.each([true, false])('stops at the end of input (hidden: %s)', async (hidden) => {
    const { terminal, stdin, shown } = terminalOf()
    stdin.push(null)
    await expect(terminal.ask('Go on?', { hidden })).rejects.toThrow(Stopped)
    expect(shown()).toBe('Go on? \n')
  })

  it('takes a question back', async () => {
    const { terminal, stdin } = terminalOf()
    const question = new AbortController()
    const asked = terminal.ask('Go on?', { signal: question.signal })
    question.abort(new Error('decided elsewhere'))
    await expect(asked).rejects.toThrow('decided elsewhere')
    await expect(terminal.ask('Go on?', { signal: question.signal })).rejects.toThrow('decided elsewhere')
    stdin.push('later\n')
    expect(await terminal.ask('And now?')).toBe('later')
  })

  it('hears ctrl-C while work runs, and leaves it to the process afterwards', async () => {
    const { terminal, signals } = terminalOf()
    const aborted = await terminal.interruptible(async (interrupted) => {
      signals.emit('SIGINT')
      return interrupted.aborted
    })
    expect(aborted).toBe(true)
    await expect(terminal.interruptible(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(signals.listenerCount('SIGINT')).toBe(0)
  })

  it('reads all input up to a limit', async () => {
    const { terminal, stdin } = terminalOf({ keyboard: false })
    stdin.push('猫')
    stdin.push('\n')
    stdin.push(null)
    expect(await terminal.readInput(4)).toBe('猫\n')
    const longer = terminalOf({ keyboard: false })
    longer.stdin.push('12345')
    longer.stdin.push(null)
    await expect(longer.terminal.readInput(4)).rejects.toMatchObject({ code: 'too_large' })
  })
})
