/** The channel to the node that started this process: Node’s, or Electron’s for its utility processes. */
export interface ParentPort {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** The node is gone, however it ended. */
  onGone(listener: () => void): void
}

/** What Electron puts on `process` in a utility process. */
interface UtilityPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
}

/** Null when nobody started this process to talk with it. */
export function openParentPort(process: NodeJS.Process & { parentPort?: UtilityPort }): ParentPort | null {
  const { parentPort } = process
  if (parentPort !== undefined) {
    const post = parentPort.postMessage.bind(parentPort)
    return {
      send: (message) => post(message),
      onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data)),
      onGone: () => {}, // Electron ends its utility processes itself
    }
  }
  if (process.send === undefined) return null
  const send = process.send.bind(process)
  return {
    send: (message) => void (process.connected && send(message)),
    onMessage: (listener) => void process.on('message', listener),
    onGone: (listener) => void process.on('disconnect', listener),
  }
}
