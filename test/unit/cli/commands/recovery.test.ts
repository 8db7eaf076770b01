import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { meshView } from '../../../fixtures/views.ts'
import { openBench } from '../run-fcn.ts'

const passphrase = 'correct horse battery'
const content = 'eyJhbGciOiJkaXIifQ..a.b.c'

const openRecoveryBench = () =>
  openBench({
    'mesh.recovery.export': () => ({ file: content, fileName: 'Home.fcn-recovery' }),
    'mesh.recovery.restore': () => meshView(),
  })

describe('fcn mesh recovery export', () => {
  it('asks for the passphrase twice and shows it nowhere', async () => {
    await using bench = await openRecoveryBench()
    const out = join(bench.dataDir, 'home.fcn-recovery')
    const answers = { 'Passphrase:': `${passphrase}\n`, 'The same again:': `${passphrase}\n` }
    const ran = await bench.run(['mesh', 'recovery', 'export', 'Home', '--out', out], { answers })
    expect(ran).toMatchObject({ code: 0, stdout: `The root key is in ${out}.\nThis node keeps the key too.\n` })
    expect(ran.stderr).not.toContain('horse')
    expect(await readFile(out, 'utf8')).toBe(`${content}\n`)
    expect((await stat(out)).mode & 0o777).toBe(0o600)
    expect(bench.api.received).toEqual([{ name: 'mesh.recovery.export', input: { mesh: 'Home', passphrase, forget: false } }])
  })

  it.each([
    [{ 'Passphrase:': 'short\n' }, 'at least 10 characters', 65],
    [{ 'Passphrase:': `${passphrase}\n`, 'The same again:': 'another one\n' }, 'differ', 65],
    [{ 'Passphrase:': '\u0003' }, 'Nothing was changed.', 130],
    [{ 'Passphrase:': '\u0004' }, 'Nothing was changed.', 1],
  ])('writes nothing after %j', async (answers: Record<string, string>, hint, code) => {
    await using bench = await openRecoveryBench()
    const ran = await bench.run(['mesh', 'recovery', 'export', 'Home', '--out', join(bench.dataDir, 'x')], { answers })
    expect(ran).toMatchObject({ code, stdout: '' })
    expect(ran.stderr).toContain(hint)
    expect(bench.api.received).toEqual([])
  })

  it('reads the passphrase from a file or standard input for programs', async () => {
    await using bench = await openRecoveryBench()
    const secret = join(bench.dataDir, 'secret')
    await writeFile(secret, `${passphrase}\r\n`)
    const args = (source: string, out: string) => [
      ...['mesh', 'recovery', 'export', 'Home', '--json'],
      ...['--passphrase-file', source, '--out', join(bench.dataDir, out)],
    ]
    const expected = { mesh: 'Home', passphrase, forget: false }
    const ran = await bench.fcn(...args(secret, 'a'))
    expect(ran.json()).toEqual({ file: join(bench.dataDir, 'a'), forgotten: false })
    await bench.run(args('-', 'b'), { input: `${passphrase}\n` })
    expect(bench.api.received.map(({ input }) => input)).toEqual([expected, expected])
    expect(await bench.run(args('-', 'c'), { input: 'x'.repeat(5000) })).toMatchObject({ code: 65 })
    expect(await bench.fcn(...args(join(bench.dataDir, 'nothing'), 'd'))).toMatchObject({ code: 66 })
  })

  it('deletes the key only when the file is written, and replaces no file', async () => {
    await using bench = await openRecoveryBench()
    const out = join(bench.dataDir, 'out')
    const args = ['mesh', 'recovery', 'export', 'Home', '--forget', '--passphrase-file', '-', '--out', out]
    expect((await bench.run(args, { input: passphrase })).stdout).toContain('the file is the only copy')
    expect(bench.api.received.map(({ input }) => (input as { forget: boolean }).forget)).toEqual([false, true])

    const again = await bench.run(args, { input: passphrase })
    expect(again).toMatchObject({ code: 65, stdout: '' })
    expect(again.stderr).toContain('is there already')
    expect(bench.api.received.map(({ input }) => (input as { forget: boolean }).forget)).toEqual([false, true, false])
  })
})

describe('fcn mesh recovery restore', () => {
  it('asks for the passphrase once and makes this node an admin', async () => {
    await using bench = await openRecoveryBench()
    const file = join(bench.dataDir, 'home.fcn-recovery')
    await writeFile(file, `${content}\n`)
    const ran = await bench.run(['mesh', 'recovery', 'restore', file], { answers: { 'Passphrase:': 'short\n' } })
    expect(ran).toMatchObject({ code: 0, stdout: 'This node is an admin of Home now.\n' })
    expect(bench.api.received).toEqual([{ name: 'mesh.recovery.restore', input: { file: content, passphrase: 'short' } }])
  })

  it('reads no file that is none', async () => {
    await using bench = await openRecoveryBench()
    const file = join(bench.dataDir, 'large')
    await writeFile(file, 'x'.repeat(64 * 1024 + 1))
    expect(await bench.fcn('mesh', 'recovery', 'restore', file, '--passphrase-file', '-')).toMatchObject({ code: 65 })
    expect(await bench.fcn('mesh', 'recovery', 'restore', `${file}r`, '--passphrase-file', '-')).toMatchObject({ code: 66 })
  })
})
