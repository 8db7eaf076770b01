import { describe, expect, it } from 'vitest'
import { createRecentUsers } from '../../../../electron/agent/routing/recent-users.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'

const peer = (name: string) => ({ id: `node ${name}`, name })

function household() {
  const clock = createFakeClock()
  const users = createRecentUsers({ clock })
  let changes = 0
  users.changed.subscribe(() => changes++)
  return { clock, users, names: () => users.of('ai').map(({ name }) => name), changes: () => changes }
}

describe('who uses a capability', () => {
  it('is whoever has a request under way, and for a minute after the last one', async () => {
    const { clock, users, names, changes } = household()
    const [first, second] = [users.began('ai', peer('mia')), users.began('ai', peer('mia'))]
    expect(names()).toEqual(['mia'])
    await clock.advance(3_600_000)
    first()
    await clock.advance(120_000)
    expect(names()).toEqual(['mia'])
    second()
    await clock.advance(59_999)
    expect(names()).toEqual(['mia'])
    await clock.advance(1)
    expect([names(), changes(), clock.pending]).toEqual([[], 2, 0])
  })

  it('is told when somebody comes, not for every request', async () => {
    const { clock, users, names, changes } = household()
    for (let count = 0; count < 100; count++) {
      users.began('ai', peer('mia'))()
      await clock.advance(1_000)
    }
    expect([names(), changes()]).toEqual([['mia'], 1])
  })

  it('is listed newest first, by capability', async () => {
    const { clock, users, names } = household()
    users.began('ai', peer('mia'))
    await clock.advance(1)
    users.began('ai', peer('oskar'))
    users.began('storage', peer('lena'))
    expect(names()).toEqual(['oskar', 'mia'])
    await clock.advance(1)
    users.began('ai', peer('mia'))
    expect(names()).toEqual(['mia', 'oskar'])
  })

  it('is bounded', () => {
    const { users, names } = household()
    for (let count = 0; count < 40; count++) users.began('ai', peer(String(count)))()
    expect(names()).toHaveLength(32)
  })

  it('is nobody after the node has stopped, and no timer is left', () => {
    const { clock, users, names } = household()
    users.began('ai', peer('mia'))()
    users.clear()
    expect([names(), clock.pending]).toEqual([[], 0])
  })
})
