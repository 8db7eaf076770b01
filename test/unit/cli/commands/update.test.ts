import { describe, expect, it } from 'vitest'
import type { UpdatesView } from '../../../../electron/contract/updates.ts'
import { fromSource, installed } from '../../../fixtures/updates.ts'
import { openBench } from '../run-fcn.ts'

async function said(view: UpdatesView): Promise<string> {
  await using bench = await openBench({ 'updates.look': () => view })
  return (await bench.fcn('update')).stdout
}

describe('fcn update', () => {
  it('says how a node that runs from its source is updated', async () => {
    expect(await said(fromSource)).toBe(
      'This node runs from its source. To update it, stop it, run `git pull && npm ci`, and start it again.\n',
    )
  })

  it('says what was found, what it waits for, and when it was looked', async () => {
    expect(await said(installed({ state: 'ready', version: '1.1.0', waitsFor: 'peers' }))).toMatch(
      /^Version 1\.1\.0 is ready\.\nIt is installed when no peer uses this node\.\nLooked .* ago\.\n$/u,
    )
    expect(await said(installed({ lookedAt: null }))).toBe('Nobody has answered yet where newer versions are.\n')
  })

  it('says who installs what belongs to a package manager, and where it is', async () => {
    const text = await said(installed({ way: 'package', state: 'available', version: '1.1.0', lookedAt: null }))
    expect(text).toBe(
      'Version 1.1.0 is there.\nThe package manager that installed this program installs the newer version.\nhttps://free-compute-node.example/download\n',
    )
  })

  it('says why the last try failed, and where the version is', async () => {
    const text = await said(installed({ state: 'failed', version: '1.1.0', problem: 'no room', lookedAt: null }))
    expect(text).toContain('no room\nhttps://free-compute-node.example/download\n')
  })

  it('installs when it is told to, and knows no other word', async () => {
    await using bench = await openBench({ 'updates.install': () => installed({ state: 'installing', version: '1.1.0' }) })
    expect((await bench.fcn('update', 'install')).stdout).toMatch(/^Installing version 1\.1\.0\./u)
    expect((await bench.fcn('update', 'now')).code).toBe(64)
  })
})
