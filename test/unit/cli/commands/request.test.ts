import { describe, expect, it } from 'vitest'
import { FcnError } from '../../../../electron/agent/errors.ts'
import type { RequestView } from '../../../../electron/contract/snapshot.ts'
import { requestView } from '../../../fixtures/views.ts'
import { openBench } from '../run-fcn.ts'

const benchWith = (...requests: RequestView[]) =>
  openBench({
    'request.list': () => requests,
    'request.approve': ({ code }) => {
      if (code !== undefined && code !== '402913') throw new FcnError('code_mismatch', 'The codes differ.')
      return requestView()
    },
    'request.reject': () => requestView(),
  })

describe('fcn requests', () => {
  it('shows all that decides, within 80 columns', async () => {
    const by = { id: 'anna', name: 'Anna' }
    await using bench = await benchWith(
      requestView(),
      requestView({ id: 'req-2', code: null, invite: { id: 'inv-1', note: 'the family' }, removedBefore: { by, at: 0 } }),
    )
    const { stdout } = await bench.fcn('requests')
    const [first = '', second = ''] = stdout.split('\n\n')
    expect(first).toMatch(/^laptop +asks to join Home$/m)
    expect(first).toMatch(/^Code +402 913$/m)
    expect(first).toMatch(/^Since +\d+ d ago$/m)
    expect(first).toMatch(/^Address +192\.168\.1\.30, darwin$/m)
    expect(first).toMatch(/^Node +LAPTOPA-BBBBBBB-CCCCCCC-DDDDDDD$/m)
    expect(second).toMatch(/^Invite +the family$/m)
    expect(second).toMatch(/^Before +removed by Anna on 19/m)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    expect((await bench.fcn('requests', '--json')).json()).toHaveLength(2)
  })

  it('explains an empty list', async () => {
    await using bench = await benchWith()
    expect((await bench.fcn('requests')).stdout).toBe('Nobody asks to be let in.\n')
  })
})

describe('fcn approve', () => {
  it.each([
    [['--code', '402-913'], { code: '402913' }],
    [['--code', '402913', '--role', 'admin'], { code: '402913', role: 'admin' }],
    [['--yes'], {}],
  ])('with %j is one call', async (args, input) => {
    await using bench = await benchWith(requestView())
    const ran = await bench.fcn('approve', 'laptop', ...args, '--json')
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.json()).toEqual(requestView())
    expect(bench.api.received).toEqual([{ name: 'request.approve', input: { id: 'laptop', ...input } }])
  })

  it('lets the node refuse another code', async () => {
    await using bench = await benchWith(requestView())
    expect(await bench.fcn('approve', 'laptop', '--code', '000000')).toMatchObject({ code: 77, stdout: '' })
  })

  it('asks a person to compare, and says who asks', async () => {
    await using bench = await benchWith(requestView())
    const ran = await bench.run(['approve', 'LAPTOP'], { answers: { 'Does laptop show 402 913? [y/N]': 'y\n' } })
    expect(ran).toMatchObject({ code: 0, stdout: 'laptop is approved. It is in Home as soon as its own side has confirmed the code.\n' })
    expect(ran.stderr).toContain('LAPTOPA-BBBBBBB-CCCCCCC-DDDDDDD')
    expect(bench.api.received.at(-1)?.input).toEqual({ id: 'req-1', code: '402913' })
  })

  it('declines and warns when the codes differ', async () => {
    await using bench = await benchWith(requestView())
    const ran = await bench.run(['approve', 'req-1'], { answers: { '[y/N]': 'n\n' } })
    expect(ran.code).toBe(77)
    expect(ran.stderr).toContain('somebody may be between the two nodes')
    expect(bench.api.received.at(-1)).toEqual({ name: 'request.reject', input: { id: 'req-1', codesDiffer: true, never: false } })
  })

  it('changes nothing without an answer', async () => {
    await using bench = await benchWith(requestView())
    expect(await bench.run(['approve', 'laptop'], { answers: { '[y/N]': '\n' } })).toMatchObject({ code: 1, stdout: '' })
    expect(bench.api.received.map(({ name }) => name)).toEqual(['request.list'])
  })

  it('asks for no code when an invite is shown', async () => {
    await using bench = await benchWith(requestView({ code: null, invite: { id: 'inv-1', note: null } }))
    expect(await bench.run(['approve', 'laptop'], { answers: { 'Let laptop into Home? [y/N]': 'y\n' } })).toMatchObject({ code: 0 })
    expect(bench.api.received.at(-1)?.input).toEqual({ id: 'req-1' })
  })

  it('needs the id when two have the name', async () => {
    await using bench = await benchWith(requestView(), requestView({ id: 'req-2' }))
    const ran = await bench.run(['approve', 'laptop'], { answers: {} })
    expect(ran.code).toBe(65)
    expect(ran.stderr).toContain('req-1, req-2')
  })
})

describe('fcn reject', () => {
  it.each([
    [[], { never: false, codesDiffer: false }],
    [['--never'], { never: true, codesDiffer: false }],
    [['--codes-differ'], { never: false, codesDiffer: true }],
  ])('with %j is one call', async (args, input) => {
    await using bench = await benchWith()
    const ran = await bench.fcn('reject', 'laptop', ...args)
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.stdout).toContain('The request of laptop is declined.')
    expect(bench.api.received).toEqual([{ name: 'request.reject', input: { id: 'laptop', ...input } }])
  })
})
