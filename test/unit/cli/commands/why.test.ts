import { describe, expect, it } from 'vitest'
import type { ChoiceView } from '../../../../electron/contract/routing.ts'
import { nodeView } from '../../../fixtures/views.ts'
import { openBench } from '../run-fcn.ts'

const choice: ChoiceView = {
  candidates: [
    { id: nodeView().id, name: 'desk', tier: 0, latencyMs: 0, underWay: 0 },
    { id: 'b', name: 'mini', tier: 0, latencyMs: 2.5, underWay: 3 },
    { id: 'c', name: 'nas', tier: 1, latencyMs: null, underWay: 0 },
  ],
  leftOut: [
    { id: 'd', name: 'attic', why: 'no_grant' },
    { id: 'e', name: 'pi', why: 'offline' },
    { id: 'f', name: 'tab', why: 'not_offered' },
    { id: 'g', name: 'tv', why: 'not_offered' },
  ],
}

const bench = (answer: ChoiceView = choice) => openBench({ 'route.explain': () => answer, 'node.get': () => nodeView() })

describe('fcn why', () => {
  it('says who is asked in which order, and why others are not', async () => {
    await using fcn = await bench()
    expect((await fcn.fcn('why', 'ai')).stdout).toBe(
      [
        'ASKED  WHEN                          DISTANCE       UNDER WAY',
        'desk   first                         this computer  0',
        'mini   first                         2.5 ms         3',
        'nas    when those before cannot (1)  not known yet  0',
        '',
        'Not used:',
        'attic  no grant',
        'pi     offline',
        '',
        '2 nodes do not offer it.',
        '',
      ].join('\n'),
    )
    expect((await fcn.fcn('why', 'ai', '--json')).json()).toEqual(choice)
  })

  it('says that nobody can', async () => {
    await using fcn = await bench({ candidates: [], leftOut: [{ id: 'd', name: 'attic', why: 'no_grant' }] })
    expect((await fcn.fcn('why', 'wiki')).stdout).toBe('No node can serve “wiki” now.\n\nNot used:\nattic  no grant\n')
  })

  it.each([
    [['ai'], { capability: 'ai' }],
    [['capability:ai'], { capability: 'ai' }],
    [['wiki', '--mesh', 'Home'], { service: 'wiki', mesh: 'Home' }],
    [['service:ai'], { service: 'ai' }],
  ])('asks for %j', async (args, input) => {
    await using fcn = await bench()
    await fcn.fcn('why', ...args)
    expect(fcn.api.received[0]).toEqual({ name: 'route.explain', input })
  })
})
