import { describe, expect, it } from 'vitest'
import { createConnectionLimit } from '../../../../electron/agent/api/connection-limit.ts'

const limit = () => createConnectionLimit({ connections: 3, connectionsPerAddress: 2, connectionsFromLoopback: 1 })

describe('open connections', () => {
  it('are bounded per address and together, and count no more once closed', () => {
    const connections = limit()
    const first = connections.enter('10.0.0.1')
    expect(connections.enter('10.0.0.1')).not.toBeNull()
    expect(connections.enter('10.0.0.1')).toBeNull()
    expect(connections.enter('10.0.0.2')).not.toBeNull()
    expect(connections.enter('10.0.0.3')).toBeNull()
    first?.()
    first?.()
    expect(connections.enter('10.0.0.3')).not.toBeNull()
    expect(connections.enter('10.0.0.3')).toBeNull()
  })

  it('of this machine have a budget that strangers cannot use up', () => {
    const connections = limit()
    for (const address of ['10.0.0.1', '10.0.0.2', '10.0.0.3']) connections.enter(address)
    expect(connections.enter('127.0.0.1')).not.toBeNull()
    expect(connections.enter('::1')).toBeNull()
  })
})
