import { describe, expect, it } from 'vitest'
import { times } from '../../../../electron/shell/updates/update-rules.ts'
import { createUpdatedMachine, quiet } from '../../../fakes/updated-machine.ts'

const hour = 3_600_000
const firstLook = times.firstLook.after + times.firstLook.spread
const usedByMia = () => {
  const { capabilities } = quiet()
  const { storage } = capabilities
  if (!storage) throw new Error('the household shares storage')
  return { capabilities: { ...capabilities, storage: { ...storage, usedBy: [{ id: 'mia', name: 'mia-laptop' }] } } }
}

describe('a newer version', () => {
  it('is looked for, downloaded and installed while nobody uses the node, after the node has stopped', async () => {
    const machine = createUpdatedMachine()
    machine.world.newest = '1.1.0'
    const updates = machine.start()
    expect(updates.view()).toMatchObject({ state: 'idle', lookedAt: null })
    await machine.clock.advance(firstLook + times.quiet)
    expect(machine.story).toEqual(['looks', 'downloads', 'the node stops', 'installs'])
    expect(updates.view()).toMatchObject({ state: 'installing', version: '1.1.0' })

    const next = machine.start()
    expect(next.startsQuietly).toBe(true)
    await machine.clock.advance(firstLook)
    expect(next.view()).toMatchObject({ state: 'idle', version: null, problem: null })
    expect(machine.memory()).toEqual({ failed: null, begun: null })
  })

  it('waits while peers use the node, and ten minutes more', async () => {
    const machine = createUpdatedMachine()
    machine.world.newest = '1.1.0'
    const updates = machine.start()
    machine.change(usedByMia())
    await machine.clock.advance(firstLook + 5 * hour)
    expect(updates.view()).toMatchObject({ state: 'ready', waitsFor: 'peers' })
    machine.change(quiet())
    await machine.clock.advance(times.quiet - 2 * times.review)
    expect(updates.view()).toMatchObject({ state: 'ready', waitsFor: 'quiet' })
    expect(machine.story).not.toContain('the node stops')
    await machine.clock.advance(3 * times.review)
    expect(machine.story.at(-1)).toBe('installs')
  })

  it('waits while the window is open, and the window is open again afterwards when a person had it installed', async () => {
    const machine = createUpdatedMachine()
    Object.assign(machine.world, { newest: '1.1.0', windowOpen: true })
    const updates = machine.start()
    await machine.clock.advance(firstLook + hour)
    expect(updates.view()).toMatchObject({ state: 'ready', waitsFor: 'window' })
    await updates.install()
    await machine.clock.advance(1)
    expect(machine.story.at(-1)).toBe('installs')
    expect(machine.start().startsQuietly).toBe(false)
  })

  it('is not installed for a person while peers use the node', async () => {
    const machine = createUpdatedMachine()
    machine.world.newest = '1.1.0'
    const updates = machine.start()
    machine.change(usedByMia())
    await machine.clock.advance(firstLook)
    await expect(updates.install()).rejects.toMatchObject({ code: 'busy' })
    await machine.clock.advance(hour)
    expect(machine.story).not.toContain('the node stops')
  })

  it('cannot be installed before it is there', async () => {
    const updates = createUpdatedMachine().start()
    await expect(updates.install()).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('is not downloaded unasked where the connection is paid by volume', async () => {
    const machine = createUpdatedMachine()
    machine.world.newest = '1.1.0'
    machine.change({ node: { ...quiet().node, metered: true } })
    const updates = machine.start()
    await machine.clock.advance(firstLook)
    expect(updates.view()).toMatchObject({ state: 'available', waitsFor: 'metered' })
    await updates.look()
    await machine.clock.advance(1)
    expect(machine.story).toContain('downloads')
  })

  it.each(['package', 'portable'] as const)('is told of and left to a person in a copy of the kind "%s"', async (way) => {
    const machine = createUpdatedMachine({ way })
    machine.world.newest = '1.1.0'
    const updates = machine.start()
    await machine.clock.advance(firstLook + 20 * hour)
    expect(updates.view()).toMatchObject({ state: 'available', version: '1.1.0' })
    expect(new Set(machine.story)).toEqual(new Set(['looks']))
  })
})

describe('the switch', () => {
  const off = () => ({ settings: { ...quiet().settings, automaticUpdates: false } })

  it('off means that nothing is looked for, until a person asks; and then it waits for the person', async () => {
    const machine = createUpdatedMachine()
    machine.world.newest = '1.1.0'
    machine.change(off())
    const updates = machine.start()
    await machine.clock.advance(50 * hour)
    expect(machine.story).toEqual([])
    await updates.look()
    await machine.clock.advance(hour)
    expect(updates.view()).toMatchObject({ state: 'ready', waitsFor: 'person' })
    await updates.install()
    await machine.clock.advance(1)
    expect(machine.story.at(-1)).toBe('installs')
  })

  it('on again means that it is looked for soon', async () => {
    const machine = createUpdatedMachine()
    machine.change(off())
    machine.start()
    await machine.clock.advance(hour)
    machine.change({ settings: { ...quiet().settings, automaticUpdates: true } })
    await machine.clock.advance(firstLook)
    expect(machine.story).toEqual(['looks'])
  })
})

describe('a failure', () => {
  it('of the installer leaves this version running, three times quietly, and is final then', async () => {
    const machine = createUpdatedMachine()
    Object.assign(machine.world, { newest: '1.1.0', installer: new Error('the installer was locked away') })
    const updates = machine.start()
    await machine.clock.advance(firstLook + times.quiet)
    expect(machine.story).toEqual(['looks', 'downloads', 'the node stops', 'the node starts again'])
    expect(updates.view()).toMatchObject({ state: 'idle', problem: null })
    await machine.clock.advance(100 * hour)
    expect(machine.story.filter((step) => step === 'the node stops')).toHaveLength(3)
    expect(updates.view()).toMatchObject({ state: 'failed', version: '1.1.0', problem: 'the installer was locked away' })
    expect(updates.view().page).toBe('https://fcn.example/download')
    await updates.look()
    await machine.clock.advance(100 * hour)
    expect(machine.story.filter((step) => step === 'downloads')).toHaveLength(3)
  })

  it('that shows only at the next start counts, too: there is no loop of restarts', async () => {
    const machine = createUpdatedMachine()
    Object.assign(machine.world, { newest: '1.1.0', installer: 'in vain' })
    for (let starts = 0; starts < 6; starts++) {
      machine.start()
      await machine.clock.advance(firstLook + times.quiet + times.review)
    }
    expect(machine.story.filter((step) => step === 'installs')).toHaveLength(3)
  })

  it('is forgotten when a newer version comes', async () => {
    const machine = createUpdatedMachine()
    Object.assign(machine.world, { newest: '1.1.0', download: new Error('the checksum differs') })
    const updates = machine.start()
    await machine.clock.advance(100 * hour)
    expect(updates.view()).toMatchObject({ state: 'failed', problem: 'the checksum differs' })
    Object.assign(machine.world, { newest: '1.1.1', download: 'works' })
    await machine.clock.advance(10 * hour)
    expect(machine.story.at(-1)).toBe('installs')
  })

  it('to reach anybody is not mentioned before the third time, and ends with the first answer', async () => {
    const machine = createUpdatedMachine()
    machine.world.newest = new Error('net::ERR_INTERNET_DISCONNECTED')
    const updates = machine.start()
    const problems: (string | null)[] = []
    for (let looks = 0; looks < 3; looks++) {
      await updates.look()
      problems.push(updates.view().problem)
    }
    expect(problems).toEqual([null, null, 'net::ERR_INTERNET_DISCONNECTED'])
    machine.world.newest = '1.0.0'
    await updates.look()
    expect(updates.view()).toMatchObject({ state: 'idle', problem: null, lookedAt: machine.clock.now() })
  })

  it('to end is a failure: a download that stands still is given up', async () => {
    const machine = createUpdatedMachine()
    Object.assign(machine.world, { newest: '1.1.0', download: 'never ends' })
    const updates = machine.start()
    await machine.clock.advance(firstLook)
    expect(updates.view()).toMatchObject({ state: 'downloading', percent: 40 })
    await machine.clock.advance(times.downloadLimit)
    expect(updates.view()).toMatchObject({ state: 'idle' })
    expect(machine.memory().failed).toMatchObject({ version: '1.1.0', times: 1 })
  })

  it('to start the node again is noted, and the update still counts as failed', async () => {
    const machine = createUpdatedMachine()
    Object.assign(machine.world, { newest: '1.1.0', installer: new Error('no'), nodeStarts: false })
    machine.start()
    await machine.clock.advance(firstLook + times.quiet)
    expect(machine.memory().failed).toMatchObject({ times: 1 })
  })
})

it('nothing happens after the program has ended, whatever was under way', async () => {
  const machine = createUpdatedMachine()
  Object.assign(machine.world, { newest: '1.1.0', download: 'never ends' })
  machine.start()
  await machine.clock.advance(firstLook)
  machine.quit()
  await machine.clock.advance(100 * hour)
  expect(machine.story).toEqual(['looks'])
  expect(machine.memory().failed).toBeNull()
  expect(machine.clock.pending).toBe(0)
})
