import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { serviceInput } from '../../../../electron/contract/calls.ts'
import { serviceIdFor } from '../../../../electron/agent/services/service-id.ts'

describe('the id of a service', () => {
  it('is valid and free, whatever the name', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 90 }), { maxLength: 30 }), (names) => {
        const taken = new Map<string, { name: string }>()
        for (const [index, name] of names.entries()) {
          const id = serviceIdFor(name, taken)
          expect(serviceInput.shape.id.safeParse(id).success).toBe(true)
          expect(taken.get(id)?.name ?? name).toBe(name)
          taken.set(id, { name: index % 2 === 0 ? name : `${name}.` })
        }
      }),
    )
  })
})
