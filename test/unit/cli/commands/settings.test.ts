import { describe, expect, it } from 'vitest'
import { nodeView, snapshotOf } from '../../../fixtures/views.ts'
import { openBench } from '../run-fcn.ts'

const consequence =
  'Your router will be asked to let the internet reach port 3000 of this computer. Anyone can then knock; only members with the right key get in.'
const settings = { ...snapshotOf().settings, portMapping: true }
const bench = () => openBench({ 'node.get': () => nodeView(), 'settings.update': () => ({ settings, restartNeeded: false }) })
const on = ['settings', 'set', 'portMapping', 'on']

describe('fcn settings set portMapping', () => {
  it('says what happens and asks before the router is opened', async () => {
    await using asked = await bench()
    const ran = await asked.run(on, { answers: { 'Ask the router?': 'y\n' } })
    expect(ran).toMatchObject({ code: 0, stdout: 'portMapping is on now.\n' })
    expect(ran.stderr.replace(/\s+/gu, ' ')).toContain(consequence)
    expect(asked.api.received.at(-1)).toEqual({ name: 'settings.update', input: { portMapping: true } })
  })

  it('changes nothing when the person says no', async () => {
    await using asked = await bench()
    expect((await asked.run(on, { answers: { 'Ask the router?': 'n\n' } })).code).toBe(1)
    expect(asked.api.received.map(({ name }) => name)).toEqual(['node.get'])
  })

  it('needs --yes where nobody can be asked, and says it all the same', async () => {
    await using asked = await bench()
    const refused = await asked.fcn(...on)
    expect(refused.code).toBe(64)
    expect(refused.stderr).toContain('--yes')
    expect(asked.api.received.map(({ name }) => name)).toEqual(['node.get'])
    const ran = await asked.fcn(...on, '--yes')
    expect(ran.code).toBe(0)
    expect(ran.stderr.replace(/\s+/gu, ' ')).toContain(consequence)
  })

  it('asks nothing to switch it off', async () => {
    await using asked = await bench()
    expect((await asked.fcn('settings', 'set', 'portMapping', 'off')).code).toBe(0)
    expect(asked.api.received).toEqual([{ name: 'settings.update', input: { portMapping: false } }])
  })
})

describe('fcn status', () => {
  it.each([
    [
      { state: 'mapped', by: 'UPnP', address: '11.22.33.1', port: 3001, until: null } as const,
      /^Router +lets the internet in at 11\.22\.33\.1:3001 \(UPnP\)$/mu,
    ],
    [
      { state: 'failed', why: 'no_answer', detail: null, retryAt: 0 } as const,
      /^Router +does not let the internet in: The router does not answer$/mu,
    ],
    [{ state: 'asking' } as const, /^Router +is asked/mu],
  ])('tells what the router does: %j', async (portMapping, line) => {
    await using asked = await openBench({ 'snapshot.get': () => snapshotOf({ node: nodeView({ portMapping }) }) })
    expect((await asked.fcn('status')).stdout).toMatch(line)
  })

  it('does not speak of the router while nobody wants it asked', async () => {
    await using asked = await openBench({ 'snapshot.get': () => snapshotOf() })
    expect((await asked.fcn('status')).stdout).not.toContain('Router')
  })
})
