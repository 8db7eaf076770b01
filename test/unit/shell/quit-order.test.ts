import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { orderQuit } from '../../../electron/shell/quit-order.ts'

class App extends EventEmitter {
  readonly exits: number[] = []
  exit = (code: number) => void this.exits.push(code)
  /** Asks to quit, as Electron does; whether that was held back. */
  ask(): boolean {
    let held = false
    this.emit('before-quit', { preventDefault: () => (held = true) })
    return held
  }
}

test('the app ends when the node has stopped, which is asked for once', async () => {
  const app = new App()
  const stopping = Promise.withResolvers<void>()
  let stops = 0
  orderQuit(app as never, () => {
    stops += 1
    return stopping.promise
  })
  expect([app.ask(), app.ask()]).toEqual([true, true])
  expect({ stops, exits: app.exits }).toEqual({ stops: 1, exits: [] })
  stopping.resolve()
  await stopping.promise
  await Promise.resolve()
  await Promise.resolve()
  expect(app.exits).toEqual([0])
})

test('closing the last window does not quit', () => {
  const app = new App()
  orderQuit(app as never, async () => undefined)
  expect(app.listenerCount('window-all-closed')).toBe(1)
})
