import { describe, expect, it } from 'vitest'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { nodeView } from '../../../fixtures/views.ts'
import { openBench } from '../run-fcn.ts'

describe('fcn identity renew', () => {
  const openIdentityBench = () =>
    openBench({
      'node.get': () => nodeView(),
      'identity.renew': ({ id }) => {
        if (id !== nodeView().id) throw new FcnError('invalid_input', 'That is not the id of this node.')
        return { restartNeeded: true as const }
      },
    })

  it('goes on when the id was typed', async () => {
    await using bench = await openIdentityBench()
    const ran = await bench.run(['identity', 'renew'], { answers: { 'Type the id to go on:': `${nodeView().id} \n` } })
    expect(ran.code).toBe(0)
    expect(ran.stderr).toContain('leave all its meshes')
    expect(bench.api.received.at(-1)).toEqual({ name: 'identity.renew', input: { id: nodeView().id } })
  })

  it('does not on anything else', async () => {
    await using bench = await openIdentityBench()
    expect(await bench.run(['identity', 'renew'], { answers: { 'Type the id': 'y\n' } })).toMatchObject({ code: 65, stdout: '' })
  })
})
