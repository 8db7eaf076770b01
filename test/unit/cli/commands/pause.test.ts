import { describe, expect, it } from 'vitest'
import { defaultConditions, type PausedView, type SharingConditions } from '../../../../electron/contract/sharing.ts'
import { notPaused, pausedFrom } from '../../../fixtures/sharing.ts'
import { capabilityView, nodeView, snapshotOf } from '../../../fixtures/views.ts'
import { openBench } from '../run-fcn.ts'

const [minute, hour] = [60_000, 3_600_000]

describe('fcn pause', () => {
  it.each([
    [[], 'resumed'],
    [['--for', '1h'], 'hour'],
    [['--for', 'hour'], 'hour'],
    [['--for', 'tomorrow'], 'tomorrow'],
    [['--for', 'resumed'], 'resumed'],
  ])('%j pauses for “%s”', async (args, length) => {
    await using bench = await openBench({ 'sharing.pause': () => pausedFrom(Date.now(), null) })
    const { stdout, code } = await bench.fcn('pause', ...args)
    expect([code, stdout]).toEqual([0, 'Sharing is paused until “fcn resume”.\n'])
    expect(bench.api.received).toEqual([{ name: 'sharing.pause', input: { for: length } }])
  })

  it('says when it ends', async () => {
    await using bench = await openBench({ 'sharing.pause': () => pausedFrom(Date.now(), Date.now() + hour - 5_000) })
    expect((await bench.fcn('pause', '--for', '1h')).stdout).toMatch(/^Sharing is paused until (tomorrow at )?\d?\d:\d\d, 1 h left\.$/m)
    expect((await bench.fcn('pause', '--for', '1h', '--json')).json()).toMatchObject({ pause: { since: expect.any(Number) as number } })
  })

  it('takes no other time', async () => {
    await using bench = await openBench()
    const { code, stderr } = await bench.fcn('pause', '--for', '5min')
    expect([code, stderr]).toEqual([64, expect.stringContaining('1h, tomorrow or resumed') as string])
    expect(bench.api.received).toEqual([])
  })
})

it('fcn resume ends it', async () => {
  await using bench = await openBench({ 'sharing.resume': () => notPaused })
  expect((await bench.fcn('resume')).stdout).toBe('Sharing goes on.\n')
})

describe('fcn status', () => {
  const status = async (paused: PausedView | null, sharing = notPaused) => {
    await using bench = await openBench({
      'snapshot.get': () =>
        snapshotOf({ node: nodeView({ state: 'paused' }), sharing, capabilities: { ai: capabilityView({ state: 'paused', paused }) } }),
    })
    return (await bench.fcn('status')).stdout
  }

  it('says once that everything is paused', async () => {
    const text = await status({ why: 'person', until: null }, pausedFrom(0, null))
    expect(text.match(/^Sharing +.*$/gm)).toEqual([expect.stringMatching(/^Sharing +paused until “fcn resume”$/) as string])
    expect(await status({ why: 'person', until: 0 }, pausedFrom(0, Date.now() + 49 * minute - 1_000))).toMatch(
      /^Sharing +paused until .*, 49 min left$/m,
    )
  })

  it('says which capability a condition pauses', async () => {
    expect(await status({ why: 'in_use', until: null })).toMatch(/^Sharing +ai: paused while somebody uses this computer$/m)
  })

  it('gives programs the same', async () => {
    await using bench = await openBench({ 'snapshot.get': () => snapshotOf() })
    expect((await bench.fcn('status', '--json')).json()).toMatchObject({ sharing: notPaused })
  })
})

describe('fcn capability conditions', () => {
  it.each<[string[], Partial<SharingConditions> | null]>([
    [['--in-use', 'no', '--idle', '10min'], { whileInUse: false, idleMinutes: 10 }],
    [['--battery', 'no'], { onBattery: false }],
    [['--hours', '22:00-6:00'], { hours: { from: 1_320, until: 360, days: [0, 1, 2, 3, 4, 5, 6] } }],
    [['--hours', '9:00-17:30', '--days', 'mon-fri'], { hours: { from: 540, until: 1_050, days: [1, 2, 3, 4, 5] } }],
    [['--hours', '9:00-17:30', '--days', 'Sat,Sunday'], { hours: { from: 540, until: 1_050, days: [0, 6] } }],
    [['--hours', '9:00-17:30', '--days', 'fri-mon'], { hours: { from: 540, until: 1_050, days: [0, 1, 5, 6] } }],
    [['--hours', 'always'], { hours: null }],
    [['--keep-disk', '50GB', '--keep-memory', 'none'], { keepFreeDisk: 50e9, keepFreeMemory: null }],
    [['--processor', '60%'], { processorBelow: 60 }],
    [['--processor', 'none'], { processorBelow: null }],
    [['--usual'], null],
  ])('%j', async (args, conditions) => {
    await using bench = await openBench({ 'capability.set': () => capabilityView() })
    expect((await bench.fcn('capability', 'ai', 'conditions', ...args)).code).toBe(0)
    expect(bench.api.received).toEqual([{ name: 'capability.set', input: { name: 'ai', conditions } }])
  })

  it('shows what its own options take', async () => {
    const conditions: SharingConditions = {
      ...{ whileInUse: false, idleMinutes: 10, onBattery: false, hours: { from: 1_320, until: 360, days: [1, 5] } },
      ...{ keepFreeDisk: 50e9, processorBelow: 60, keepFreeMemory: null },
    }
    await using bench = await openBench({
      'capability.list': () => [capabilityView({ conditions })],
      'capability.set': () => capabilityView(),
    })
    const { stdout } = await bench.fcn('capability', 'ai', 'conditions')
    expect(stdout).toMatch(/^in-use +no +also while somebody uses this computer +\(usually yes\)$/m)
    const shown = [...stdout.matchAll(/^(\S+) +(\S+)/gm)].flatMap(([, option, value]) => [`--${option}`, String(value)])
    await bench.fcn('capability', 'ai', 'conditions', ...shown)
    expect(bench.api.received.at(-1)).toEqual({ name: 'capability.set', input: { name: 'ai', conditions } })
  })

  it('shows the usual ones as options take them', async () => {
    await using bench = await openBench({ 'capability.list': () => [capabilityView()], 'capability.set': () => capabilityView() })
    const { stdout } = await bench.fcn('capability', 'ai', 'conditions')
    expect(stdout).not.toContain('usually')
    const shown = [...stdout.matchAll(/^(\S+) +(\S+)/gm)].flatMap(([, option, value]) =>
      option === 'days' ? [] : [`--${option}`, String(value)],
    )
    await bench.fcn('capability', 'ai', 'conditions', ...shown)
    expect(bench.api.received.at(-1)).toEqual({ name: 'capability.set', input: { name: 'ai', conditions: defaultConditions } })
  })

  it.each([
    [['conditions']],
    [['ai', '--battery', 'no']],
    [['ai', 'limits', '--battery', 'no']],
    [['ai', 'conditions', '--queue', '3']],
    [['ai', 'conditions', '--usual', '--battery', 'no']],
    [['ai', 'conditions', '--days', 'mon-fri']],
    [['ai', 'conditions', '--hours', 'always', '--days', 'mon-fri']],
    [['ai', 'conditions', '--hours', '24:00-6:00']],
    [['ai', 'conditions', '--hours', '22-6']],
    [['ai', 'conditions', '--hours', '22:00-6:00', '--days', 'someday']],
    [['ai', 'conditions', '--battery', 'maybe']],
    [['ai', 'conditions', '--idle', '5h']],
    [['ai', 'conditions', '--processor', '0']],
    [['ai', 'conditions', '--backend', 'http://127.0.0.1:1']],
  ])('%j is refused before the node is asked', async (args) => {
    await using bench = await openBench()
    expect((await bench.fcn('capability', ...args)).code).toBe(64)
    expect(bench.api.received).toEqual([])
  })
})

describe('fcn capability', () => {
  it.each<[PausedView, string]>([
    [{ why: 'person', until: null }, 'paused until “fcn resume”'],
    [{ why: 'battery', until: null }, 'paused while this computer runs on battery'],
    [{ why: 'hours', until: null }, 'paused outside its hours'],
    [{ why: 'disk', until: null }, 'paused while too little of the disk is free'],
    [{ why: 'processor', until: null }, 'paused while the processor is busy'],
    [{ why: 'memory', until: null }, 'paused while too little memory is free'],
  ])('says why one is paused: %j', async (paused, text) => {
    await using bench = await openBench({ 'capability.list': () => [capabilityView({ state: 'paused', paused })] })
    expect((await bench.fcn('capability')).stdout).toContain(text)
  })
})
