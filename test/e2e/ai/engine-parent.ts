/** Starts the engine’s process as a node does, says which it is, and waits to be killed. */
import { forkedEngine } from '../../../electron/process/engine-process.ts'

const engine = forkedEngine(process.argv[2] ?? '')({ heap: 64 })
process.send?.(engine.pid)
