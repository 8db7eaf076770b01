import { describe, expect, it } from 'vitest'
import type { JoinView } from '../../../../electron/contract/snapshot.ts'
import { joinView } from '../../../fixtures/views.ts'
import { openBench } from '../run-fcn.ts'

const address = 'http://192.168.1.20:3000'

/** A node whose join goes through `states`, one per look at it, and to `afterwards` once it is confirmed. */
function benchWith(states: Partial<JoinView>[], afterwards: Partial<JoinView>[] = [{ state: 'joined' }]) {
  let left = states
  const next = () => joinView(left.length > 1 ? left.shift() : left[0])
  return openBench({
    'join.start': next,
    'join.list': () => [next()],
    'join.confirm': () => {
      left = [{ confirmed: true }, ...afterwards]
      return next()
    },
    'join.cancel': () => ({}),
  })
}

const sent = (bench: Awaited<ReturnType<typeof benchWith>>, name: string) =>
  bench.api.received.filter((call) => call.name === name).map(({ input }) => input)

describe('fcn join', () => {
  it('asks with all that the command line says', async () => {
    await using bench = await benchWith([{}])
    await bench.fcn('join', address, '--mesh', 'Home', '--node', 'K7QDM3X', '--key', 'old', '--no-wait')
    expect(bench.api.received[0]).toEqual({
      name: 'join.start',
      input: { url: address, mesh: 'Home', node: 'K7QDM3X', key: 'old' },
    })
  })

  it.each([
    ['as the argument', ['fcn1.AQAB'], 'fcn1.AQAB'],
    ['as a link', ['fcn://join?i=fcn1.AQAB'], 'fcn://join?i=fcn1.AQAB'],
    ['as an option', ['--invite', 'fcn1.AQAB'], 'fcn1.AQAB'],
    ['on standard input', ['--invite', '-'], 'fcn1.PIPED\n'],
  ])('takes an invite %s', async (_how, args, invite) => {
    await using bench = await benchWith([{ state: 'joined', code: null, confirmed: true }])
    expect(await bench.run(['join', ...args], { input: 'fcn1.PIPED\n' })).toMatchObject({ code: 0, stdout: 'Joined Home.\n' })
    expect(bench.api.received[0]).toEqual({ name: 'join.start', input: { invite } })
  })

  it('answers a program once the other node is reached', async () => {
    await using bench = await benchWith([{ state: 'connecting', code: null, approver: null }, {}])
    const ran = await bench.fcn('join', address, '--json')
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.json()).toEqual(joinView())
  })

  it('shows the code and how to confirm it without waiting', async () => {
    await using bench = await benchWith([{}])
    const { code, stdout } = await bench.fcn('join', address, '--no-wait')
    expect(code).toBe(0)
    expect(stdout).toContain('The code is 402 913.\nWhen nas shows the same: fcn confirm.')
  })

  it('enters once the person has said that the codes match', async () => {
    const approved = [{ state: 'confirming' as const, confirmed: true }]
    await using bench = await benchWith([{}], [...approved, ...approved, { state: 'joined' }])
    const ran = await bench.run(['join', address], { answers: { 'Does nas show 402 913? [y/N]': 'y\n' } })
    expect(ran).toMatchObject({ code: 0, stdout: 'Joined Home.\n' })
    expect(ran.stderr).toContain('Approved by nas; entering the mesh.')
    expect(sent(bench, 'join.confirm')).toEqual([{ id: 'join-1', code: '402913' }])
  })

  it('withdraws and warns when the codes differ', async () => {
    await using bench = await benchWith([{}])
    const ran = await bench.run(['join', address], { answers: { '[y/N]': 'no\n' } })
    expect(ran).toMatchObject({ code: 77, stdout: '' })
    expect(ran.stderr).toContain('somebody may be between the two nodes')
    expect(sent(bench, 'join.cancel')).toEqual([{ id: 'join-1', codesDiffer: true }])
  })

  it.each(['\n', 'yep\n'])('confirms nothing on the answer %j', async (typed) => {
    await using bench = await benchWith([{}])
    const ran = await bench.run(['join', address], { answers: { '[y/N]': typed } })
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(ran.stderr).toContain('fcn confirm')
    expect(sent(bench, 'join.confirm').concat(sent(bench, 'join.cancel'))).toEqual([])
  })

  it('takes the question back when the other side has decided', async () => {
    await using bench = await benchWith([{}, {}, { state: 'rejected' }])
    const ran = await bench.run(['join', address], { answers: {} })
    expect(ran).toMatchObject({ code: 77, stdout: '' })
    expect(ran.stderr).toContain('[y/N] \n')
    expect(ran.stderr).toContain('nas has declined the request.')
  })

  it('ends the wait on ctrl-C and leaves the request', async () => {
    await using bench = await benchWith([{}])
    const ran = await bench.run(['join', address], { answers: {}, interruptAt: '[y/N]' })
    expect(ran).toMatchObject({ code: 130, stdout: '' })
    expect(ran.stderr).toContain('The request goes on.')
    expect(sent(bench, 'join.cancel')).toEqual([])
  })

  it('waits without a question where nobody can be asked, and says what to do', async () => {
    await using bench = await benchWith([{}, {}, { state: 'joined' }])
    const ran = await bench.fcn('join', address)
    expect(ran).toMatchObject({ code: 0, stdout: 'Joined Home.\n' })
    expect(ran.stderr).toContain('The code is 402 913.\nWhen nas shows the same: fcn confirm. When it shows another: fcn cancel')
  })

  it.each([
    ['rejected', 77],
    ['expired', 65],
    ['failed', 69],
  ] as const)('fails when the join is %s', async (state, code) => {
    await using bench = await benchWith([{}, { state }])
    expect(await bench.fcn('join', address, '--wait')).toMatchObject({ code, stdout: '' })
  })
})

describe('fcn confirm', () => {
  it('confirms the one join that waits, when the code is the one it has', async () => {
    await using bench = await benchWith([{}])
    expect(await bench.fcn('confirm', '--code', '402 913')).toMatchObject({ code: 0, stdout: 'Confirmed. Waiting for approval on nas.\n' })
    expect(sent(bench, 'join.confirm')).toEqual([{ id: 'join-1', code: '402913' }])
  })

  it('asks a person to compare', async () => {
    await using bench = await benchWith([{}])
    expect(await bench.run(['confirm'], { answers: { 'Does nas show 402 913?': 'yes\n' } })).toMatchObject({ code: 0 })
    expect(sent(bench, 'join.confirm')).toEqual([{ id: 'join-1', code: '402913' }])
  })

  it('withdraws when the person says that they differ', async () => {
    await using bench = await benchWith([{}])
    expect(await bench.run(['confirm', 'join-1'], { answers: { '[y/N]': 'n\n' } })).toMatchObject({ code: 77 })
    expect(sent(bench, 'join.cancel')).toEqual([{ id: 'join-1', codesDiffer: true }])
  })

  it('needs to be told which when several wait', async () => {
    await using bench = await openBench({ 'join.list': () => [joinView(), joinView({ id: 'join-2' })], 'join.confirm': () => joinView() })
    const ran = await bench.fcn('confirm', '--yes')
    expect(ran.code).toBe(65)
    expect(ran.stderr).toContain('join-1 (nas), join-2 (nas)')
    expect(await bench.fcn('confirm', 'join-2', '--yes')).toMatchObject({ code: 0 })
  })

  it('says so when nothing waits', async () => {
    await using bench = await openBench({ 'join.list': () => [joinView({ confirmed: true })] })
    expect(await bench.fcn('confirm', '--code', '402913')).toMatchObject({ code: 66 })
  })
})

describe('fcn cancel', () => {
  it('withdraws the one join under way', async () => {
    await using bench = await openBench({
      'join.list': () => [joinView({ state: 'joined', id: 'old' }), joinView()],
      'join.cancel': () => ({}),
    })
    expect(await bench.fcn('cancel', '--codes-differ')).toMatchObject({ code: 0, stdout: 'The join is withdrawn.\n' })
    expect(sent(bench, 'join.cancel')).toEqual([{ id: 'join-1', codesDiffer: true }])
  })

  it('withdraws the one that is named', async () => {
    await using bench = await openBench({ 'join.cancel': () => ({}) })
    expect((await bench.fcn('cancel', 'join-7', '--json')).json()).toEqual({ id: 'join-7' })
    expect(bench.api.received).toEqual([{ name: 'join.cancel', input: { id: 'join-7', codesDiffer: false } }])
  })
})

describe('fcn joins', () => {
  it('shows the code of each and what is missing', async () => {
    await using bench = await openBench({ 'join.list': () => [joinView()] })
    const { stdout } = await bench.fcn('joins')
    expect(stdout).toMatch(/^State +Waiting for approval on nas\.$/m)
    expect(stdout).toMatch(/^Code +402 913, not confirmed yet: fcn confirm$/m)
  })
})
