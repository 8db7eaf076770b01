import { describe, expect, it } from 'vitest'
import type { CapabilityView } from '../../../electron/contract/snapshot.ts'
import { createCapabilityWarnings } from '../../../electron/agent/capability-warnings.ts'
import type { Capabilities } from '../../../electron/agent/components.ts'
import { createHealth } from '../../../electron/agent/health.ts'
import { createEmitter } from '../../../electron/agent/support/signal.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { capabilityView } from '../../fixtures/views.ts'

const setUp = async () => {
  const changed = createEmitter()
  let views: CapabilityView[] = []
  const health = createHealth({ clock: createFakeClock() })
  const warnings = createCapabilityWarnings({ health, capabilities: { changed, list: () => views } as unknown as Capabilities })
  await warnings.start()
  const show = (state: CapabilityView['state'], paused: CapabilityView['paused'] = null) => {
    const problem =
      state === 'problem' || state === 'paused'
        ? { code: 'unreachable' as const, message: 'Nothing answers on port 11434.', action: 'Start Ollama.' }
        : null
    views = [capabilityView({ enabled: state !== 'off', state, detail: null, problem, paused })]
    changed.emit()
  }
  return { health, warnings, show }
}

describe('capability warnings', () => {
  it('say what does not work, why and what to do, until it works', async () => {
    const { health, show } = await setUp()
    show('problem')
    expect(health.list()).toMatchObject([
      { code: 'capability_ai', severity: 'warning', text: 'Nothing answers on port 11434.', action: 'Start Ollama.' },
    ])
    show('ready')
    expect(health.list()).toEqual([])
  })

  it('stay while it is looked at again, and go when it is switched off', async () => {
    const { health, show } = await setUp()
    show('problem')
    show('starting')
    expect(health.list()).toHaveLength(1)
    show('off')
    expect(health.list()).toEqual([])
  })

  it('go while a person has paused sharing, and stay while a condition pauses it', async () => {
    const { health, show } = await setUp()
    show('problem')
    show('paused', { why: 'in_use', until: null })
    expect(health.list()).toHaveLength(1)
    show('paused', { why: 'person', until: null })
    expect(health.list()).toEqual([])
    show('problem')
    expect(health.list()).toHaveLength(1)
  })

  it('end with the part', async () => {
    const { health, warnings, show } = await setUp()
    await warnings.stop()
    show('problem')
    expect(health.list()).toEqual([])
  })
})
