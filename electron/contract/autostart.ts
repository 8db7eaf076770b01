import { z } from 'zod'

/** How a person has the system start this node where the program does not do it itself: a file with this text, then these commands. */
export const autostartRecipe = z.object({
  /** Name of what starts it: systemd, launchd, the task scheduler. */
  system: z.enum(['systemd', 'launchd', 'task_scheduler']),
  /** Where the text goes; null where commands are enough. */
  file: z.string().nullable(),
  text: z.string().nullable(),
  commands: z.array(z.string()).min(1),
})
export type AutostartRecipe = z.infer<typeof autostartRecipe>

/** Whether the system starts the program when its user logs in: read from the system each time, and kept nowhere else. */
export const autostartView = z.object({
  /** Whether the program can switch it on and off. */
  supported: z.boolean(),
  enabled: z.boolean(),
  /** Why it is not supported, or why it is on and will not do what it says; a whole sentence. */
  why: z.string().nullable(),
  recipe: autostartRecipe.nullable(),
})
export type AutostartView = z.infer<typeof autostartView>
