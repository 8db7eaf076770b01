import type { CapabilityName } from '../../contract/capability.ts'
import type { DialGuard } from '../support/dial-guard.ts'

/** One look at a backend: when it is given up, and where it never goes. */
export interface Look {
  signal: AbortSignal
  guard: DialGuard
}

/**
 * What a capability must answer to be offered. A provider knows one kind of program and nothing of meshes, peers,
 * routing or HTTP servers: these are the same for all and stand around it.
 */
export interface CapabilityProvider {
  readonly name: CapabilityName
  /** Which programs fit, for messages: a clause such as "an S3 endpoint such as MinIO". */
  readonly backend: string
  /**
   * URLs at which such a program usually is on this computer, the likeliest first. Absent where nothing in an answer tells
   * it from any other HTTP server.
   */
  readonly usualPlaces?: readonly string[]
  /**
   * Looks whether the program at `backend` is of the right kind and works. Called when the capability is switched on
   * and then at intervals, never twice at a time; ends within a few seconds and when the signal aborts. `detail` is one
   * short line for people ("4 models"), without addresses or secrets. Throws an FcnError whose action says what to do.
   */
  check(backend: URL, look: Look): Promise<{ detail: string }>
}
