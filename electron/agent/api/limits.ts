/** What the HTTP edge grants to anyone who connects. Times in milliseconds. */
export interface ServerLimits {
  /** From accepting a connection to its first byte, which tells TLS from HTTP. */
  firstByte: number
  /** For a TLS handshake. */
  handshake: number
  /** From the first byte of a request to the end of its headers. */
  headers: number
  /** For a body that is read whole before its handler runs; streamed bodies are their route's business. */
  body: number
  /** An idle connection waits this long for its next request. */
  keepAlive: number
  /** How often late headers are looked for; adds at most this to `headers`. Shorter: two more wake-ups of an idle node each time. */
  checkEvery: number
  /** From `stop` to the end of requests still running. */
  closing: number
  /** Connections from other machines together. */
  connections: number
  /** Connections from one other machine. */
  connectionsPerAddress: number
  /** Connections from this machine; counted apart, so that strangers cannot lock the owner out. */
  connectionsFromLoopback: number
  /** Requests of one stranger: this many at once … */
  strangerBurst: number
  /** … and this many per second in the long run. */
  strangerPerSecond: number
}

export const defaultLimits: ServerLimits = {
  firstByte: 10_000,
  handshake: 10_000,
  headers: 15_000,
  body: 30_000,
  keepAlive: 30_000,
  checkEvery: 5_000,
  closing: 1_000,
  connections: 1_024,
  connectionsPerAddress: 192,
  connectionsFromLoopback: 1_024,
  strangerBurst: 300,
  strangerPerSecond: 5,
}
