import { statfs } from 'node:fs/promises'
import { availableParallelism, cpus, freemem, loadavg, totalmem } from 'node:os'
import type { Resources } from '../../contract/resources.ts'

/** Time the cores have spent since they started, ms, summed over all of them. */
export interface CpuTimes {
  busy: number
  total: number
}

/** The machine as a parameter of the meter. */
export interface Machine {
  cpu(): { model: string; cores: number; times: CpuTimes; load: number }
  memory(): { total: number; free: number }
  /** The disk that holds the folder; null when the system does not tell. */
  disk(folder: string): Promise<Resources['disk']>
  /** Slow (it may start a program of the system): ask once. Empty when the system does not tell. */
  gpus(): Promise<Resources['gpus']>
}

export const thisMachine: Machine = {
  cpu() {
    const cores = cpus()
    const times = { busy: 0, total: 0 }
    for (const { times: spent } of cores) {
      const busy = spent.user + spent.nice + spent.sys + spent.irq
      times.busy += busy
      times.total += busy + spent.idle
    }
    // some systems list no cores inside containers
    return { model: cores[0]?.model.trim() ?? 'unknown', cores: cores.length || availableParallelism(), times, load: loadavg()[0] ?? 0 }
  },
  memory: () => ({ total: totalmem(), free: freemem() }),
  async disk(folder) {
    const { bsize, blocks, bavail } = await statfs(folder)
    return { total: bsize * blocks, free: bsize * bavail }
  },
  async gpus() {
    const { graphics } = await import('systeminformation')
    const { controllers } = await graphics()
    return (
      controllers
        .filter(({ model }) => model !== '')
        .slice(0, 16)
        // systeminformation counts in MiB
        .map(({ model, vram }) => ({ model: model.slice(0, 200), memory: vram !== null && vram > 0 ? vram * 1024 * 1024 : null }))
    )
  },
}
