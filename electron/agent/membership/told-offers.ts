/**
 * How a record says what its node offers. `paused` came later than records: a node that does not know the word would refuse
 * the whole record, so that it travels beside a word that every node knows.
 */
import { z } from 'zod'
import { type OfferedCapability, offeredCapability, type OfferedService, offeredService } from '../../contract/snapshot.ts'

const paused = z.literal(true).optional()

export const toldCapability = offeredCapability
  .extend({ state: offeredCapability.shape.state.exclude(['paused']), paused })
  .transform(({ paused: isPaused, ...offer }): OfferedCapability => (isPaused ? { ...offer, state: 'paused' } : offer))

export const toldService = offeredService
  .extend({ status: offeredService.shape.status.exclude(['paused']), paused })
  .transform(({ paused: isPaused, ...offer }): OfferedService => (isPaused ? { ...offer, status: 'paused' } : offer))

/** The other way round, for a record that is to be signed. */
export const tellCapability = (offer: OfferedCapability): z.input<typeof toldCapability> =>
  offer.state === 'paused' ? { ...offer, state: 'off', paused: true } : { ...offer, state: offer.state }

export const tellService = (offer: OfferedService): z.input<typeof toldService> =>
  offer.status === 'paused' ? { ...offer, status: 'inactive', paused: true } : { ...offer, status: offer.status }
