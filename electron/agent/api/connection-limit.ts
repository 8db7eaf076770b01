import { isLoopback } from '../support/loopback.ts'

interface ConnectionLimitOptions {
  connections: number
  connectionsPerAddress: number
  connectionsFromLoopback: number
}

export interface ConnectionLimit {
  /** Counts a connection in; returns the function that counts it out, or null when there is no room for it. */
  enter(address: string): (() => void) | null
}

/** Bounds open connections, for all other machines together and for each; this machine has a budget of its own. */
export function createConnectionLimit(options: ConnectionLimitOptions): ConnectionLimit {
  const counts = new Map<string, number>()

  const count = (key: string) => counts.get(key) ?? 0
  const add = (key: string, by: 1 | -1) => {
    const next = count(key) + by
    if (next > 0) counts.set(key, next)
    else counts.delete(key)
  }

  return {
    enter(address) {
      const local = isLoopback(address)
      const keys = local ? ['loopback'] : ['others', address]
      const room = local
        ? count('loopback') < options.connectionsFromLoopback
        : count('others') < options.connections && count(address) < options.connectionsPerAddress
      if (!room) return null
      for (const key of keys) add(key, 1)
      let inside = true
      return () => {
        if (!inside) return
        inside = false
        for (const key of keys) add(key, -1)
      }
    },
  }
}
