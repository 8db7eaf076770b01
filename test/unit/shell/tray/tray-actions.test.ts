import { beforeEach, expect, test } from 'vitest'
import type { Node } from '../../../../electron/agent/node.ts'
import type { Logger } from '../../../../electron/agent/support/logger.ts'
import { addressOf, type Place } from '../../../../electron/contract/place.ts'
import { createTrayActions } from '../../../../electron/shell/tray/tray-actions.ts'

/** What reached the node, the window and the app, in order. */
let done: string[]
let refuses: boolean
let act: ReturnType<typeof createTrayActions>

beforeEach(() => {
  done = []
  refuses = false
  const log: Logger = {
    error: () => undefined,
    warn: (_facts, sentence) => void done.push(sentence),
    info: () => undefined,
    debug: () => undefined,
    part: () => log,
    setLevel: () => undefined,
  }
  const call = async (name: string, input: unknown) => {
    done.push(`${name} ${JSON.stringify(input)}`)
    return refuses ? { ok: false, error: { code: 'invalid_input', message: 'No.' } } : { ok: true, value: null }
  }
  const show = (place?: Place) => void done.push(`show ${place ? addressOf(place) : 'as it was'}`)
  act = createTrayActions({ node: { call: call as Node['call'] }, show, log, quit: () => void done.push('quit') })
})

test('a tick switches the capability', async () => {
  await act({ do: 'offer', capability: 'ai', enabled: true })
  expect(done).toEqual(['capability.set {"name":"ai","enabled":true}'])
})

test('a refused tick opens the screen that says why', async () => {
  refuses = true
  await act({ do: 'offer', capability: 'ai', enabled: true })
  expect(done.slice(1)).toEqual(['The capability could not be switched from the tray.', 'show /capabilities/ai'])
})

test('pauses and resumes', async () => {
  await act({ do: 'pause', for: 'tomorrow' })
  await act({ do: 'resume' })
  expect(done).toEqual(['sharing.pause {"for":"tomorrow"}', 'sharing.resume {}'])
})

test('a pause that is refused opens the screen that says why', async () => {
  refuses = true
  await act({ do: 'pause', for: 'hour' })
  expect(done.at(-1)).toBe('show /capabilities')
})

test('opens the window, at a place when one is named, and quits', async () => {
  await act({ do: 'open' })
  await act({ do: 'open', place: { path: '/peers' } })
  await act({ do: 'quit' })
  expect(done).toEqual(['show as it was', 'show /peers', 'quit'])
})
