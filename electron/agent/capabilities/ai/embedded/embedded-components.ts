/**
 * The engine that comes with this node, as the rest of `capabilities/ai` knows it: an engine like any other, which
 * happens to be started by us. It runs GGUF files in a process of its own.
 */
import type { EmbeddedView, EngineModel, ModelFile } from '../../../../contract/ai.ts'
import type { Startable } from '../../../components.ts'
import type { Signal } from '../../../support/signal.ts'

/** Where the running engine answers, in OpenAI's dialect: `http://127.0.0.1:<port>`, asked with `Authorization: Bearer <key>`. */
export interface EmbeddedAddress {
  url: string
  /** Made anew for each process. */
  key: string
}

export interface EmbeddedEngine extends Startable {
  /** Something that `view` or `models` says is another. */
  readonly changed: Signal<void>
  view(): EmbeddedView
  /** The models of its files, also while no process runs. Empty when the package is not installed. */
  models(): EngineModel[]
  /**
   * Address of the engine, whose process is started when none runs. To be asked before each request: the process ends
   * after minutes without one, and another one has another address. Throws `backend_failed` when it does not start,
   * the reason of the signal.
   */
  connect(signal: AbortSignal): Promise<EmbeddedAddress>
  /** Throws `not_found` when there is no such file, `invalid_input` when it is no GGUF, `conflict` for a name that is taken, `too_many`. */
  add(file: { path: string; name?: string }): Promise<ModelFile>
  /** The file stays. Throws `not_found`. */
  remove(model: string): Promise<ModelFile>
}
