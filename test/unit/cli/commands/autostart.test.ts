import { describe, expect, it } from 'vitest'
import { type FcnBench, openBench } from '../run-fcn.ts'

const off = { supported: true, enabled: false, why: null, recipe: null }
const recipe = { system: 'systemd' as const, file: '/home/mia/fcn.service', text: '[Unit]\n', commands: ['systemctl --user enable fcn'] }
const byHand = { supported: false, enabled: false, why: 'There is no desktop.', recipe }
const inputs = ({ api }: FcnBench) => api.received.map(({ name, input }) => [name, input])

describe('fcn autostart', () => {
  it('shows what the system has, and changes nothing', async () => {
    await using bench = await openBench({ 'autostart.get': () => off })
    expect(await bench.fcn('autostart')).toMatchObject({ code: 0, stdout: 'The system does not start this node.\n' })
    expect(inputs(bench)).toEqual([['autostart.get', {}]])
  })

  it('switches it on and off', async () => {
    await using bench = await openBench({ 'autostart.set': ({ enabled }) => ({ ...off, enabled }) })
    expect((await bench.fcn('autostart', 'on')).stdout).toBe('The system starts this node when you log in.\n')
    expect((await bench.fcn('autostart', 'off', '--json')).json()).toEqual(off)
    expect(inputs(bench)).toEqual([
      ['autostart.set', { enabled: true }],
      ['autostart.set', { enabled: false }],
    ])
  })

  it('shows what to write and run where the program cannot do it', async () => {
    await using bench = await openBench({ 'autostart.get': () => byHand })
    expect((await bench.fcn('autostart')).stdout).toBe(
      'There is no desktop.\n\nWrite this to /home/mia/fcn.service:\n\n[Unit]\n\nThen run:\n\n  systemctl --user enable fcn\n',
    )
  })

  it('takes on and off only', async () => {
    await using bench = await openBench()
    expect((await bench.fcn('autostart', 'maybe')).code).toBe(64)
  })
})
