/** How the process of the engine for model files is started, which each face does in its own way; as components.ts. */

/** A process of the engine, however it is started: forked by Node, or as a utility process of Electron. */
export interface EngineProcess {
  readonly pid: number | undefined
  /** Ignored when it has ended. */
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once. What it wrote last on stderr helps to say why. */
  onExit(listener: (end: { code: number | null; errors: string }) => void): void
  /** At once. */
  kill(): void
}

/** Starts the engine's program with that much memory (MiB) for what JavaScript keeps. */
export type StartEngineProcess = (options: { heap: number }) => EngineProcess
