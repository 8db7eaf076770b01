/** Whether this machine runs on battery, as the Linux kernel says it in `/sys/class/power_supply` (ABI: sysfs-class-power). */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

export const powerSupplies = '/sys/class/power_supply'

/** One entry of that folder, as far as it counts here; absent files are undefined. */
export interface PowerSupply {
  /** Mains, USB, Battery, … */
  type: string | undefined
  /** `System` or `Device`: the battery of a mouse is no matter of ours. */
  scope: string | undefined
  /** Of a charger: 1 when it supplies. */
  online: string | undefined
  /** Of a battery: Charging, Discharging, Full, Not charging, Unknown. */
  status: string | undefined
}

/** More entries than any machine has. */
const maxSupplies = 32

/**
 * Null when they do not say. A charger that supplies decides, then what the batteries do; a machine that runs without any
 * battery has its power from somewhere else. Pure.
 */
export function onBatteryBy(supplies: readonly PowerSupply[]): boolean | null {
  const own = supplies.filter(({ scope }) => scope !== 'Device')
  const batteries = own.filter(({ type }) => type === 'Battery')
  const chargers = own.filter(({ type, online }) => type !== 'Battery' && type !== 'UPS' && online !== undefined)
  if (chargers.some(({ online }) => online !== '0')) return false
  if (batteries.length === 0) return chargers.length === 0 ? null : false
  const does = (status: string) => batteries.some((battery) => battery.status === status)
  if (does('Discharging')) return true
  if (does('Charging')) return false
  if (chargers.length > 0) return true
  return does('Full') || does('Not charging') ? false : null
}

/** Reads the folder; empty where there is none. Rejects when aborted. */
export async function readPowerSupplies(folder: string, signal: AbortSignal): Promise<PowerSupply[]> {
  const names = await readdir(folder).catch(nothingThere)
  return Promise.all(
    (names ?? []).slice(0, maxSupplies).map(async (name) => {
      const read = async (file: string) =>
        (await readFile(join(folder, name, file), { encoding: 'utf8', signal }).catch(nothingThere))?.trim()
      const [type, scope, online, status] = await Promise.all(['type', 'scope', 'online', 'status'].map(read))
      return { type, scope, online, status }
    }),
  )
}

/** A supply may vanish while it is read, and drivers answer with errors of their own: what cannot be read is not known. */
function nothingThere(error: unknown): undefined {
  if (error instanceof Error && error.name === 'AbortError') throw error
}
