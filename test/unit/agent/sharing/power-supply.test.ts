import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { onBatteryBy, type PowerSupply, readPowerSupplies } from '../../../../electron/agent/sharing/power-supply.ts'
import { tempDir } from '../../../fakes/temp-dir.ts'

const supply = (type: string, more: Partial<PowerSupply> = {}): PowerSupply => ({
  ...{ type, scope: undefined, online: undefined, status: undefined },
  ...more,
})
const mains = (online: '0' | '1') => supply('Mains', { online })
const battery = (status: string) => supply('Battery', { status })

describe('whether a machine runs on battery', () => {
  it.each<[string, boolean | null, PowerSupply[]]>([
    ['nothing is there: a desktop, or a machine that hides it', null, []],
    ['a charger, and no battery', false, [mains('1')]],
    ['a charger that does not supply, and no battery', false, [mains('0')]],
    ['a laptop that is plugged in', false, [mains('1'), battery('Charging')]],
    ['a laptop that is plugged in and does not charge', false, [mains('1'), battery('Not charging')]],
    ['a laptop that is plugged in and draws from both', false, [mains('1'), battery('Discharging')]],
    ['a laptop that is not plugged in', true, [mains('0'), battery('Discharging')]],
    ['a laptop just unplugged', true, [mains('0'), battery('Full')]],
    ['one of several chargers', false, [supply('USB', { online: '0' }), supply('USB', { online: '1' }), battery('Charging')]],
    ['a battery alone, discharging', true, [battery('Discharging')]],
    ['a battery alone, full', false, [battery('Full')]],
    ['a battery alone that does not say', null, [battery('Unknown')]],
    ['the battery of a mouse', null, [supply('Battery', { status: 'Discharging', scope: 'Device' })]],
    ['a machine behind a UPS', null, [supply('UPS', { status: 'Charging', online: '1' })]],
    ['an entry that cannot be read', null, [{ type: undefined, scope: undefined, online: undefined, status: undefined }]],
  ])('%s: %s', (_what, verdict, supplies) => {
    expect(onBatteryBy(supplies)).toBe(verdict)
  })
})

describe('the folder of the kernel', () => {
  const signal = new AbortController().signal

  it('is read entry by entry; files that are not there are not known', async () => {
    const folder = tempDir()
    for (const [name, files] of Object.entries({
      AC: { type: 'Mains\n', online: '0\n' },
      BAT0: { type: 'Battery\n', status: 'Discharging\n' },
    })) {
      await mkdir(join(folder, name))
      for (const [file, text] of Object.entries(files)) await writeFile(join(folder, name, file), text)
    }
    const supplies = await readPowerSupplies(folder, signal)
    expect(supplies).toEqual([mains('0'), battery('Discharging')])
    expect(onBatteryBy(supplies)).toBe(true)
  })

  it('need not be there', async () => {
    expect(await readPowerSupplies('/nowhere/power_supply', signal)).toEqual([])
  })
})
