import { describe, expect, it } from 'vitest'
import { createExpulsion } from '../../../electron/agent/expulsion.ts'
import { createEmitter } from '../../../electron/agent/support/signal.ts'

describe('a node that is expelled', () => {
  it('is cut off and forgotten, as long as this runs', async () => {
    const expelled = createEmitter<string>()
    const done: string[] = []
    const part = createExpulsion({
      membership: { expelled },
      server: { disconnect: (node) => void done.push(`cut ${node}`) },
      transport: { forget: (node) => void done.push(`forgot ${node}`) },
    })
    expelled.emit('a')
    await part.start()
    await part.start()
    expelled.emit('b')
    await part.stop()
    expelled.emit('c')
    expect(done).toEqual(['cut b', 'forgot b'])
  })
})
