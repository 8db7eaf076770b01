import { z } from 'zod'
import type { OfferedService } from '../../contract/snapshot.ts'

/** What old nodes answer, read leniently: only what is used is checked, and everything is cut to size. */
const shortText = z.string().transform((text) => text.slice(0, 200))

export const healthAnswer = z.object({ status: z.literal('ok'), node: shortText.optional() })

export const infoAnswer = z.object({
  name: shortText.optional(),
  role: shortText.optional(),
  version: z.union([shortText, z.number().transform(String)]).optional(),
})
export type LegacyInfo = z.infer<typeof infoAnswer>

const serviceEntry = z.object({ status: z.string().optional(), name: shortText.optional() })
const maxServices = 256

/** Services by id, as `GET /api/services` answers; entries that make no sense are left out. */
export const servicesAnswer = z.record(z.string(), z.unknown()).transform((entries) =>
  Object.entries(entries)
    .slice(0, maxServices)
    .flatMap(([id, value]): OfferedService[] => {
      const entry = serviceEntry.safeParse(value)
      if (!entry.success || id.length === 0 || id.length > 64) return []
      return [{ id, name: (entry.data.name ?? id).slice(0, 64), status: entry.data.status === 'active' ? 'active' : 'inactive' }]
    }),
)
