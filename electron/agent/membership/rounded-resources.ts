import type { Resources } from '../../contract/resources.ts'

/** Numbers that wobble, rounded to steps that mean something, so that an idle machine says the same for long. */
export function roundedResources({ cpu, memory, disk, gpus }: Resources): Resources {
  return {
    cpu: { ...cpu, busy: toStep(cpu.busy, 0.05), load: toStep(cpu.load, 0.1) },
    memory: roundedSpace(memory),
    disk: disk && roundedSpace(disk),
    gpus,
  }
}

/** Free bytes to a fiftieth of the whole. */
function roundedSpace({ total, free }: { total: number; free: number }) {
  const step = Math.max(1, Math.floor(total / 50))
  return { total, free: Math.min(total, Math.round(free / step) * step) }
}

/** Divided by the inverse, which is whole: 3 steps of 0.05 are 0.15, not 0.15000000000000002. */
function toStep(value: number, step: number): number {
  const perUnit = Math.round(1 / step)
  return Math.round(value * perUnit) / perUnit
}
