import { createStore } from 'zustand/vanilla'
import { describe, expect, it } from 'vitest'
import { firstNews } from '../../../../renderer/store/first-news.ts'
import type { WindowState } from '../../../../renderer/store/state-store.ts'
import { firstRun } from '../../../fixtures/snapshot.ts'
import { turns } from '../../../support/turns.ts'

function setUp(state: Partial<WindowState> = {}) {
  const store = createStore<WindowState>(() => ({ snapshot: null, link: { kind: 'connecting' }, lostAt: null, ...state }))
  let endWait: (() => void) | null = null
  let isThere = false
  const news = firstNews(store, 300, (run) => {
    endWait = run
    return () => {
      endWait = null
    }
  }).then(() => {
    isThere = true
  })
  return { store, news, isThere: () => isThere, waits: () => endWait !== null, endWait: () => endWait?.() }
}

describe('the first thing to show', () => {
  it('is the first state of the node, at once when that is there already', async () => {
    const { store, news, waits } = setUp()
    store.setState({ snapshot: firstRun() })
    await news
    expect(waits()).toBe(false)
    await setUp({ snapshot: firstRun() }).news
  })

  it('is that this page is not let in', async () => {
    const { store, news } = setUp()
    store.setState({ link: { kind: 'refused', failure: { code: 'unauthorized', message: 'No.' } } })
    await expect(news).resolves.toBeUndefined()
  })

  it('is waited for while the node is only being asked, but not for ever', async () => {
    const { store, news, isThere, endWait } = setUp()
    store.setState({ link: { kind: 'reconnecting' } })
    await turns(3)
    expect(isThere()).toBe(false)
    endWait()
    await news
    expect(isThere()).toBe(true)
  })
})
