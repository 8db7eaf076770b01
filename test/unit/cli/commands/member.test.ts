import { describe, expect, it } from 'vitest'
import { blockedView } from '../../../fixtures/trust-views.ts'
import { snapshotOf } from '../../../fixtures/views.ts'
import { openBench } from '../run-fcn.ts'

const named = { id: 'nas', name: 'nas' }

const openMemberBench = () =>
  openBench({
    'member.remove': () => named,
    'member.setRole': () => named,
    'peer.block': () => blockedView(),
    'peer.unblock': () => blockedView(),
    'snapshot.get': () => snapshotOf({ blocked: { nas: blockedView(), tab: blockedView({ id: 'tab', name: 'tablet', why: 'request' }) } }),
  })

describe('fcn remove, promote, demote and block', () => {
  it.each([
    [['remove', 'nas'], { name: 'member.remove', input: { peer: 'nas' } }],
    [['remove', 'nas', '--mesh', 'Home'], { name: 'member.remove', input: { peer: 'nas', mesh: 'Home' } }],
    [['promote', 'nas'], { name: 'member.setRole', input: { peer: 'nas', role: 'admin' } }],
    [['demote', 'nas', '--mesh', 'Home'], { name: 'member.setRole', input: { peer: 'nas', role: 'member', mesh: 'Home' } }],
    [['block', 'nas'], { name: 'peer.block', input: { peer: 'nas' } }],
  ])('%j is one call, after a yes', async (args, expected) => {
    await using bench = await openMemberBench()
    expect(await bench.fcn(...args, '--yes', '--json')).toMatchObject({ code: 0, stderr: '' })
    const asked = await bench.run(args, { answers: { '? [y/N]': 'y\n' } })
    expect(asked).toMatchObject({ code: 0, stdout: expect.stringMatching(/^nas .*\.|unblock/u) as string })
    expect(asked.stderr.split('\n')[0]).toMatch(/\.$/) // the consequence comes before the question
    expect(bench.api.received).toEqual([expected, expected])
  })

  it.each(['n\n', '\n', 'yes please\n'])('change nothing on the answer %j', async (typed) => {
    await using bench = await openMemberBench()
    for (const command of ['remove', 'promote', 'demote', 'block']) {
      const ran = await bench.run([command, 'nas'], { answers: { '[y/N]': typed } })
      expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('Nothing was changed.') as string })
    }
    expect(bench.api.received).toEqual([])
  })

  it('ask no program', async () => {
    await using bench = await openMemberBench()
    const ran = await bench.run(['remove', 'nas', '--json'], { answers: { '[y/N]': 'y\n' } })
    expect(ran.json()).toMatchObject({ error: { code: 'usage' } })
    expect(bench.api.received).toEqual([])
  })
})

describe('fcn blocked', () => {
  it('lists who is refused here, and takes one back', async () => {
    await using bench = await openMemberBench()
    const { stdout } = await bench.fcn('blocked')
    expect(stdout).toMatch(/^nas +NASAAAA-BBBBBBB-CCCCCCC-DDDDDDD +2026-01-01 .* was a peer$/m)
    expect(stdout).toMatch(/^tablet .* asked to join$/m)
    expect((await bench.fcn('blocked', '--json')).json()).toHaveLength(2)
    expect(await bench.fcn('unblock', 'nas')).toMatchObject({ code: 0, stdout: 'nas is blocked no more.\n' })
    expect(bench.api.received.at(-1)).toEqual({ name: 'peer.unblock', input: { peer: 'nas' } })
  })
})
