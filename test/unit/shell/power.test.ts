import { EventEmitter } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { followPower } from '../../../electron/shell/power.ts'
import { createKeptLog } from '../../fakes/kept-log.ts'

it('tells the node of sleep and waking, and outlives a node that cannot follow', async () => {
  const [monitor, log, told] = [new EventEmitter(), createKeptLog(), [] as string[]]
  const node = {
    suspend: async () => void told.push('suspend'),
    resume: () => Promise.reject(new Error('no')),
  }
  followPower(monitor as never, { node, log })
  monitor.emit('suspend')
  monitor.emit('resume')
  await turn()
  expect(told).toEqual(['suspend'])
  expect(log.lines).toHaveLength(1)
})
