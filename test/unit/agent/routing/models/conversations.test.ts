import { describe, expect, it } from 'vitest'
import { createConversations } from '../../../../../electron/agent/routing/models/conversations.ts'
import { createFakeClock } from '../../../../fakes/fake-clock.ts'

const chat = { model: 'm', opening: 'You are kind.\nHello' }

describe('conversations', () => {
  it('remember the node of the last request, for this beginning and this model', () => {
    const conversations = createConversations({ clock: createFakeClock() })
    conversations.wentTo(chat, 'A')
    conversations.wentTo(chat, 'B')
    expect(conversations.nodeOf(chat)).toBe('B')
    expect(conversations.nodeOf({ ...chat, opening: 'Other' })).toBeNull()
    expect(conversations.nodeOf({ ...chat, model: 'n' })).toBeNull()
  })

  it('are not known by nothing', () => {
    const conversations = createConversations({ clock: createFakeClock() })
    conversations.wentTo({ model: 'm', opening: '' }, 'A')
    expect(conversations.nodeOf({ model: 'm', opening: '' })).toBeNull()
  })

  it('are forgotten after a quarter of an hour', async () => {
    const clock = createFakeClock()
    const conversations = createConversations({ clock })
    conversations.wentTo(chat, 'A')
    await clock.advance(15 * 60_000 - 1)
    expect(conversations.nodeOf(chat)).toBe('A')
    await clock.advance(2)
    expect(conversations.nodeOf(chat)).toBeNull()
  })

  it('are at most 1024, of which the oldest gives way', () => {
    const conversations = createConversations({ clock: createFakeClock() })
    for (let count = 0; count < 1_025; count++) conversations.wentTo({ model: 'm', opening: `chat ${count}` }, 'A')
    expect(conversations.nodeOf({ model: 'm', opening: 'chat 0' })).toBeNull()
    expect(conversations.nodeOf({ model: 'm', opening: 'chat 1' })).toBe('A')
  })
})
