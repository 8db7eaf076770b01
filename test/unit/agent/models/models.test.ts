import { describe, expect, it } from 'vitest'
import type { Doors } from '../../../../electron/agent/models/doors.ts'
import { createModels } from '../../../../electron/agent/models/models.ts'
import { createEmitter } from '../../../../electron/agent/support/signal.ts'
import { noModels } from '../../../fixtures/ai.ts'

function setUp() {
  const log: string[] = []
  const directoryChanged = createEmitter({ watched: (isWatched) => void log.push(isWatched ? 'watched' : 'left') })
  let chosen = { aliases: {}, needsKey: false, doors: [] as ('ollama' | 'lmstudio')[] }
  const doors: Doors = {
    changed: createEmitter(),
    view: () => noModels().doors,
    choose: async (wanted) => void log.push(`doors ${wanted.join(' ')}`),
    close: async () => void log.push('doors closed'),
  }
  const models = createModels({
    doors,
    port: () => 3_000,
    choices: { get: () => chosen, update: (change) => (chosen = { ...chosen, ...change }) },
    directory: {
      changed: directoryChanged,
      view: () => [],
      look: async () => {},
      start: async () => void log.push('directory started'),
      stop: async () => void log.push('directory stopped'),
    },
  })
  return { models, log, directoryChanged, chosen: () => chosen }
}

describe('the asking side', () => {
  it('opens the doors that were chosen when it starts, once, and closes them when it stops', async () => {
    const { models, log } = setUp()
    await models.set({ doors: ['ollama'] })
    log.length = 0
    await models.start()
    await models.start()
    await models.stop()
    expect(log).toEqual(['directory started', 'doors ollama', 'doors closed', 'directory stopped'])
  })

  it('keeps what is chosen, and announces it', async () => {
    const { models, chosen, log } = setUp()
    let told = 0
    models.changed.subscribe(() => told++)
    await models.set({ aliases: { fast: ['a'] }, needsKey: true })
    expect(chosen()).toEqual({ aliases: { fast: ['a'] }, needsKey: true, doors: [] })
    expect(models.view()).toMatchObject({ url: 'http://127.0.0.1:3000', aliases: { fast: ['a'] }, needsKey: true })
    expect(log).not.toContain('doors ')
    expect(told).toBeGreaterThan(0)
  })

  it('follows the directory only while somebody listens', () => {
    const { models, log, directoryChanged } = setUp()
    let told = 0
    const leave = models.changed.subscribe(() => told++)
    directoryChanged.emit()
    leave()
    expect(told).toBe(1)
    expect(log).toEqual(['watched', 'left'])
  })
})
