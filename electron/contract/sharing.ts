/** When this node shares what it offers: the conditions of each capability, and the pause of the whole node. */
import { z } from 'zod'

/** Milliseconds since 1970-01-01 UTC. */
const time = z.number()
/** Minutes since midnight, local time. */
const minuteOfDay = z.number().int().min(0).max(1439)

/**
 * Hours of the day in local time. `until` before or at `from` is on the next day (22:00 to 06:00); the days are those on
 * which the hours begin, 0 is Sunday.
 */
export const sharingHours = z
  .object({
    from: minuteOfDay,
    until: minuteOfDay,
    days: z
      .array(z.number().int().min(0).max(6))
      .min(1, 'at least one day')
      .max(7)
      .refine((days) => new Set(days).size === days.length, 'each day once'),
  })
  .strict()
export type SharingHours = z.infer<typeof sharingHours>

const bytes = z
  .number()
  .int()
  .min(1)
  .max(2 ** 50)

/** When a capability is shared. What cannot be found out on this computer does not keep it from being shared. */
export const sharingConditions = z
  .object({
    /** Also while a person uses this computer … */
    whileInUse: z.boolean(),
    /** … which nobody does when it has not been touched for so many minutes. */
    idleMinutes: z.number().int().min(1).max(240),
    onBattery: z.boolean(),
    /** Null: always. */
    hours: sharingHours.nullable(),
    /** Only while so much of the disk with the data folder is free. */
    keepFreeDisk: bytes.nullable(),
    /** Only while the processor is busy by at most so many percent, work for peers included. */
    processorBelow: z.number().int().min(1).max(100).nullable(),
    keepFreeMemory: bytes.nullable(),
  })
  .strict()
export type SharingConditions = z.infer<typeof sharingConditions>

/** Nobody is surprised by a capability that does not answer; who wants it quieter says so. */
export const defaultConditions: SharingConditions = {
  whileInUse: true,
  idleMinutes: 5,
  onBattery: true,
  hours: null,
  keepFreeDisk: null,
  processorBelow: null,
  keepFreeMemory: null,
}

/** Why a capability is paused: a person paused sharing, or one of its conditions does not hold. */
export const pausedWhy = z.enum(['person', 'in_use', 'battery', 'hours', 'disk', 'processor', 'memory'])
export type PausedWhy = z.infer<typeof pausedWhy>

export const pausedView = z.object({
  why: pausedWhy,
  /** When it ends by itself; null: unknown, or when a person resumes. */
  until: time.nullable(),
})
export type PausedView = z.infer<typeof pausedView>

/** The hour, in local time, at which a pause until tomorrow ends. */
export const pauseEndsAtHour = 6

/** How long a person pauses: an hour, until 6 in the morning, or until somebody resumes. */
export const pauseFor = z.enum(['hour', 'tomorrow', 'resumed'])
export type PauseFor = z.infer<typeof pauseFor>

/** The pause of the whole node, and what it knows of the facts that conditions are about. */
export const sharingView = z.object({
  /** A person paused everything that is shared; `until` null: until somebody resumes. */
  pause: z.object({ until: time.nullable(), since: time }).nullable(),
  /** Null in each: this computer does not tell; such a condition is taken to hold. */
  presence: z.object({
    /** How long nobody has touched this computer, ms, in whole minutes. Shown, not followed: only as new as the rest of the snapshot. */
    idleMs: z.number().nonnegative().nullable(),
    onBattery: z.boolean().nullable(),
    freeDisk: z.number().nonnegative().nullable(),
    freeMemory: z.number().nonnegative().nullable(),
    /** Busy, smoothed over half a minute, 0 to 100. */
    processor: z.number().min(0).max(100).nullable(),
  }),
})
export type SharingView = z.infer<typeof sharingView>
