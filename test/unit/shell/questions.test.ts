import { setImmediate as turn } from 'node:timers/promises'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Node } from '../../../electron/agent/node.ts'
import type { Snapshot } from '../../../electron/contract/snapshot.ts'
import { createAskQuit } from '../../../electron/shell/ask-quit.ts'
import { createClosingNotice } from '../../../electron/shell/closing-notice.ts'
import { createKeptLog } from '../../fakes/kept-log.ts'
import { capabilityNamed, firstSnapshot } from '../../fixtures/named-views.ts'

interface Box {
  message: string
  detail?: string
  buttons?: string[]
  defaultId?: number
  cancelId?: number
  checkboxChecked?: boolean
}

/** Dialogs that stay open until the test answers them. */
function createDialogs() {
  const open: { box: Box; answer: (response: number, ticked?: boolean) => void; refuse: () => void }[] = []
  const showMessageBox = (box: Box) =>
    new Promise((resolve, reject) => {
      const answer = (response: number, ticked = box.checkboxChecked ?? false) => resolve({ response, checkboxChecked: ticked })
      open.push({ box, answer, refuse: () => reject(new Error('no display')) })
    })
  return { open, dialog: { showMessageBox: showMessageBox as never } }
}

let dialogs: ReturnType<typeof createDialogs>
let log: ReturnType<typeof createKeptLog>
let state: Snapshot | null

beforeEach(() => {
  dialogs = createDialogs()
  log = createKeptLog()
  state = firstSnapshot()
})

describe('quitting', () => {
  let quits: number
  let ask: () => void
  const used = () => firstSnapshot({ capabilities: { ai: capabilityNamed('ai', { usedBy: [{ id: 'mia', name: 'mia-laptop' }] }) } })

  beforeEach(() => {
    quits = 0
    ask = createAskQuit({ dialog: dialogs.dialog, log, snapshot: () => state, quit: () => void quits++ })
  })

  test('asks nobody while nobody uses this node, or it does not run', async () => {
    ask()
    await turn()
    state = null
    ask()
    await turn()
    expect([quits, dialogs.open.length]).toEqual([2, 0])
  })

  test('asks once while others use it, and Enter and Escape keep it running', async () => {
    state = used()
    ask()
    ask()
    await turn()
    expect(dialogs.open.map(({ box }) => box)).toMatchObject([
      { message: '1 peer uses this computer.', buttons: ['Keep running', 'Quit and stop sharing'], defaultId: 0, cancelId: 0 },
    ])
    dialogs.open[0]?.answer(0)
    await turn()
    expect(quits).toBe(0)
    ask()
    await turn()
    dialogs.open[1]?.answer(1)
    await turn()
    expect(quits).toBe(1)
  })

  test('happens all the same where no question can be asked', async () => {
    state = used()
    ask()
    await turn()
    dialogs.open[0]?.refuse()
    await turn()
    expect(quits).toBe(1)
    expect(log.lines).toHaveLength(1)
  })
})

describe('closing the window', () => {
  let changes: unknown[]
  let host: 'present' | 'missing'
  let tell: () => void

  beforeEach(() => {
    changes = []
    host = 'present'
    const call = async (name: string, input: unknown) => {
      changes.push([name, input])
      return { ok: true, value: null }
    }
    const node = { call: call as unknown as Node['call'] }
    tell = createClosingNotice({ dialog: dialogs.dialog, log, node, snapshot: () => state, host: () => host })
  })

  test('says once what it means, and is silent from then on', async () => {
    tell()
    tell()
    await turn()
    expect(dialogs.open.map(({ box }) => box.message)).toEqual(['Free Compute Node keeps running in the tray.'])
    dialogs.open[0]?.answer(0)
    await turn()
    expect(changes).toEqual([['settings.update', { tellClosing: false }]])
    state = firstSnapshot({ settings: { ...firstSnapshot().settings, tellClosing: false } })
    tell()
    await turn()
    expect(dialogs.open).toHaveLength(1)
  })

  test('says it again to whoever wants that', async () => {
    tell()
    await turn()
    dialogs.open[0]?.answer(0, false)
    await turn()
    expect(changes).toEqual([])
    tell()
    await turn()
    expect(dialogs.open).toHaveLength(2)
  })

  test('promises no icon where there is none', async () => {
    host = 'missing'
    tell()
    await turn()
    expect(dialogs.open[0]?.box).toMatchObject({
      message: 'Free Compute Node keeps running without its window.',
      detail: expect.stringContaining('Start the program again') as string,
    })
  })

  test('is no question while the node does not run', async () => {
    state = null
    tell()
    await turn()
    expect(dialogs.open).toEqual([])
  })
})
