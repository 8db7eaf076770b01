import type { CapabilityName } from '../../contract/capability.ts'
import type { Failure } from '../../contract/failure.ts'
import type { RequestServer, Startable } from '../components.ts'
import type { DialGuard } from '../support/dial-guard.ts'
import type { Signal } from '../support/signal.ts'

/** One look at a backend: when it is given up, and where it never goes. */
export interface Look {
  signal: AbortSignal
  guard: DialGuard
}

/** What a look has found. */
export type Verdict = { ok: true; detail: string } | { ok: false; problem: Failure }

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
  /** Absent where requests go to the program at the address that the user gave, untouched. */
  readonly server?: CapabilityServer
}

/**
 * A provider that answers requests itself, in this process, with whatever it has behind it. Its capability may be on without
 * an address. `start` and `stop` follow the switch of the capability.
 */
export interface CapabilityServer extends Startable {
  /** `status` says something else. */
  readonly changed: Signal<void>
  /** As `check` would say it of all that is behind it together; null while that is not known. Cheap; never throws. */
  status(): Verdict | null
  /**
   * The address that a user gives with the capability (`fcn capability ai on --backend URL`) is that of one more program.
   * It was checked for its form and for being allowed. Throws `too_many`.
   */
  give(backend: URL): void
  /**
   * Answers one request, whatever it is; never throws. Who asks is in `x-fcn-caller` (a node id; absent: a program of this
   * computer), put there by this node. A failure before the first byte goes out as `support/failure-answer.ts` writes it,
   * so that another node may be asked; when the response closes early, all that was begun for it ends at once.
   */
  readonly serve: RequestServer
}
