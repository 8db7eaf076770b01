import { describe, expect, it } from 'vitest'
import { routed, routes } from '../../../fixtures/routes.ts'
import { openBench } from '../run-fcn.ts'

describe('fcn routes', () => {
  it('says where each request was sent while it runs and where it ran, and how it ended', async () => {
    await using bench = await openBench({ 'route.list': () => routes })
    const { code, stdout } = await bench.fcn('routes')
    const lines = stdout.split('\n')
    expect(code).toBe(0)
    expect(lines[0]).toMatch(/^WHEN +FROM +WHAT +WHERE +PATH +STATUS +TOOK +SENT +BACK +RESULT$/u)
    expect(lines[1]).toMatch(/this computer +POST ai +sent to attic-nas +direct +- +2\.3 kB +0 B +running$/u)
    expect(lines[3]).toMatch(/ran on oskar-desktop, try 2 +relayed +200 +5\.1 s +2\.3 kB +18 kB +ok$/u)
    expect(lines[4]).toMatch(/mia-laptop +GET notes +ran on studio-desktop +local +200 +48 ms +0 B +1\.2 MB +ok$/u)
    expect(lines[5]).toMatch(/failed: no answer in time$/u)
    expect(lines[7]).toMatch(/nobody was asked +- +- +0\.4 ms .*failed: no peer can serve this$/u)
  })

  it('asks the node for what is wanted, and gives programs its answer', async () => {
    await using bench = await openBench({ 'route.list': () => routes })
    const { json } = await bench.fcn('routes', '--peer', 'attic', '--what', 'ai', '--failed', '--limit', '7', '--json')
    expect(json()).toEqual(routes)
    expect(bench.api.received).toEqual([{ name: 'route.list', input: { peer: 'attic', what: 'ai', result: 'failed', limit: 7 } }])
  })

  it('says in words that there is nothing', async () => {
    await using bench = await openBench({ 'route.list': () => [] })
    expect((await bench.fcn('routes')).stdout).toContain('No request like that')
  })

  it('tells with --watch of what begins, moves on and ends, each once', async () => {
    const old = routed({ id: 'old' })
    const begun = routed({ id: 'new', ranOn: null, status: null, duration: null, result: 'running' })
    const rounds = [[old], [begun, old], [begun, old], [routed({ id: 'new' }), old]]
    let round = 0
    await using bench = await openBench({
      'route.list': () => {
        const now = rounds[round++]
        if (now === undefined) throw new Error('The node is gone.')
        return now
      },
    })
    const { stdout } = await bench.fcn('routes', '--watch')
    expect(stdout.trim().split('\n')).toEqual([
      expect.stringMatching(/sent to attic-nas .* running$/u),
      expect.stringMatching(/ran on attic-nas .* ok$/u),
    ])
  })
})
