import { FcnError } from '../errors.ts'
import { isLoopbackName, plainAddress } from './loopback.ts'

/** Where this node itself is reached. */
export interface OwnPlace {
  port: number
  /** Its addresses, loopback or not. */
  addresses: string[]
}

/** Whether a host (name or address) and port lead to this node. */
export function isOwnPlace(host: string, port: number, own: OwnPlace): boolean {
  if (port !== own.port) return false
  return isLoopbackName(host) || own.addresses.includes(plainAddress(host))
}

export const ownAddress = (address: string) =>
  new FcnError('own_address', `The address ${address} is this node itself.`, { action: 'Use the address of something else.' })
