/**
 * The HTTP edge: one TCP port, two protocols, told apart by their first byte. TLS 1.3 is how our nodes talk to each
 * other (`peer`), plain HTTP is for everything else (`plain`): old nodes, scripts, metrics, the page. Routes come from
 * the composition root; this file accepts, bounds and closes connections, and knows no route.
 */
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { Caller, Identity, NodeId, Refusals, Startable } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import { createApp } from './app.ts'
import { type CallerOf, createCallers } from './caller.ts'
import { createConnectionLimit } from './connection-limit.ts'
import { type CleartextHttp2, createCleartextHttp2 } from './cleartext-http2.ts'
import { onFirstByte, type Protocol } from './first-byte.ts'
import { defaultLimits, type ServerLimits } from './limits.ts'
import { listen, type Listener } from './listen.ts'
import { isLoopback, plainAddress } from '../support/loopback.ts'
import { createEmitter, type Signal } from '../support/signal.ts'
import { createNodeConnections } from './node-connections.ts'
import { createPlainRule } from './plain-rule.ts'
import { laneHeadLength, laneKeepAlive, ticketOf } from '../protocol/tunnel-protocol.ts'
import { createRelayedConnections, type RelayedConnections } from './relayed-connections.ts'
import { createStrangerLimit } from './stranger-limit.ts'
import { createRequestHooks, type RequestHook, type RequestHooks } from './request-hooks.ts'
import { createUpgrades, isWorthUpgrading, type UpgradeHook } from './upgrade.ts'

interface ServerComponents {
  identity: Pick<Identity, 'tls'>
  clock: Clock
  log: Logger
  refusals: Refusals
  /** Whether a caller is exempt from the limit on strangers: members of our meshes. */
  trusts: (caller: Caller) => boolean
  /** Whether plain HTTP from other machines is refused now; absent: never. */
  encryptedOnly?: () => boolean
  /** Takes a connection that begins with a ticket of this node as a hub; absent: it is none. */
  takeLane?: (ticket: string, socket: Socket) => void
}

interface ServerOptions {
  /** Chosen by the user; absent: 3000, or the next free one up to 3019. */
  port?: number | undefined
  /** Address to listen on besides loopback; absent: every interface. */
  host?: string | undefined
  limits?: Partial<ServerLimits>
  /** Adds the routes of each app; called at each start. */
  routes: { plain: (app: FastifyInstance) => void; peer: (app: FastifyInstance) => void }
}

export interface ApiServer extends Startable {
  /** It listens no more although it was not stopped; a stop and a start mend it. */
  readonly failed: Signal<FcnError>
  /** Where it listens; null while it does not. */
  listener(): Pick<Listener, 'port' | 'hosts' | 'movedFrom'> | null
  /** Adds a hook for requests of one side; before the first start. */
  onRequest(side: 'plain' | 'peer', hook: RequestHook): void
  /** Adds a hook for upgrades of both protocols (the caller tells which); returns the function that removes it. */
  onUpgrade(hook: UpgradeHook): () => void
  /** Takes a byte stream that a hub has passed on: a connection like all others, once TLS has shown whose it is. */
  acceptRelayed(stream: Duplex, hub: NodeId): void
  /** Cuts all connections of a node, whatever goes over them. */
  disconnect(node: NodeId): void
}

/** One start of the server. */
interface Run {
  listener: Listener
  apps: FastifyInstance[]
  peer: Server
  sockets: Set<Socket>
  http2: CleartextHttp2
}

/** `start` throws as `listen` does. `stop` lets running requests end within `limits.closing`, then cuts them off. */
export function createApiServer(components: ServerComponents, options: ServerOptions): ApiServer {
  const { clock, log, refusals } = components
  const limits = { ...defaultLimits, ...options.limits }
  const hubs = new WeakMap<Socket, NodeId>()
  const callerOf = createCallers((socket) => hubs.get(socket) ?? null)
  const relayed = createRelayedConnections(components, limits)
  const nodes = createNodeConnections(callerOf)
  const limitStrangers = createStrangerLimit(components, limits)
  const refusePlain = createPlainRule(components.encryptedOnly ?? (() => false))
  const admit = (caller: Caller) => {
    limitStrangers(caller)
    refusePlain(caller)
  }
  const upgrades = createUpgrades({ log, refusals, admit })
  const hooks = { plain: createRequestHooks({ log, refusals, admit }), peer: createRequestHooks({ log, refusals, admit }) }
  const failed = createEmitter<FcnError>()
  let starting: Promise<Run> | null = null
  let current: Run | null = null
  let stopping: Promise<void> | null = null

  const takeLane = (socket: Socket) => {
    const ticket = ticketOf((socket.read(laneHeadLength) as Buffer).toString('latin1'))
    socket.setNoDelay(true).setKeepAlive(true, laneKeepAlive)
    if (ticket === null || !components.takeLane) socket.destroy()
    else components.takeLane(ticket, socket)
  }

  const startRun = async (): Promise<Run> => {
    const app = (side: 'plain' | 'peer', makeServer: (handler: RequestListener) => Server) =>
      createApp(
        { callerOf, clock, log, refusals, admit },
        {
          bodyTimeout: limits.body,
          serverFactory: (handler) => {
            const server = makeServer(hooked(handler, hooks[side], callerOf))
            return prepare(server, callerOf, { hooks: hooks[side], upgrades: upgrades.dispatch })
          },
        },
      )
    const plain = app('plain', (handler) => createHttpServer(serverOptions(limits), handler))
    const peer = app('peer', (handler) =>
      createHttpsServer({ ...serverOptions(limits), ...tlsOptions(components.identity, limits) }, handler),
    )
    nodes.watch(peer.server)
    const apps = [plain, peer]
    const sockets = new Set<Socket>()
    const http2 = createCleartextHttp2({ hooks: hooks.plain, callerOf })
    const accept = createAcceptor({ clock, refusals }, limits, sockets, (socket, protocol) => {
      if (protocol === 'lane') {
        takeLane(socket)
        return
      }
      if (protocol === 'h2c' && isLoopback(socket.remoteAddress ?? '')) {
        http2.accept(socket)
        return
      }
      // half a TLS connection is of no use: one whose client goes during the handshake would stay until its time limit
      if (protocol === 'tls') socket.allowHalfOpen = false
      const { server } = protocol === 'tls' ? peer : plain
      server.emit('connection', socket)
    })
    try {
      options.routes.plain(plain)
      options.routes.peer(peer)
      await Promise.all(apps.map((each) => each.ready()))
      const listener = await listen(options, {
        accept,
        trouble: (error) => log.warn({ error }, 'A connection could not be accepted.'),
        lost: () => failed.emit(new FcnError('unreachable', 'This node has stopped listening on its port.')),
      })
      log.info({ port: listener.port, hosts: listener.hosts }, 'Listening.')
      return { listener, apps, peer: peer.server, sockets, http2 }
    } catch (error) {
      await Promise.all(apps.map(closeApp))
      throw error
    }
  }

  return {
    failed,
    listener: () => current?.listener ?? null,
    onRequest: (side, hook) => hooks[side].add(hook),
    onUpgrade: (hook) => upgrades.add(hook),
    disconnect: (node) => nodes.cut(node),
    acceptRelayed(stream, hub) {
      relayed.take(stream, (socket) => {
        hubs.set(socket, hub)
        if (current === null) socket.destroy()
        else current.peer.emit('secureConnection', socket)
      })
    },
    async start() {
      starting ??= startRun()
      try {
        current = await starting
      } catch (error) {
        starting = null
        throw error
      }
    },
    async stop() {
      stopping ??= stopOnce().finally(() => (stopping = null))
      await stopping
    },
  }

  async function stopOnce() {
    const run = starting === null ? null : await starting.catch(() => null)
    if (run === null) return
    await stopRun(run, { closing: limits.closing, relayed })
    relayed.closeAll()
    starting = null
    current = null
  }
}

const serverOptions = ({ headers, keepAlive, checkEvery }: ServerLimits) => ({
  headersTimeout: headers,
  requestTimeout: 0, // would also end long uploads; see body-deadline.ts
  keepAliveTimeout: keepAlive,
  connectionsCheckingInterval: checkEvery,
  shouldUpgradeCallback: isWorthUpgrading,
  requireHostHeader: false, // request-form.ts does, with an answer and a line
})

const tlsOptions = ({ tls }: Pick<Identity, 'tls'>, { handshake }: ServerLimits) => ({
  ...tls,
  minVersion: 'TLSv1.3' as const,
  ALPNProtocols: ['http/1.1'],
  requestCert: true,
  rejectUnauthorized: false, // certificates are self-signed: the key is the identity, and caller.ts reads it
  handshakeTimeout: handshake,
})

/**
 * Passes upgrades on. And since a server that is fed with connections never listens, while only 'listening' makes
 * node:http look for late headers, it is told so here; `close` ends that.
 */
function prepare(
  server: Server,
  callerOf: CallerOf,
  { hooks, upgrades }: { hooks: RequestHooks; upgrades: ReturnType<typeof createUpgrades>['dispatch'] },
): Server {
  server.on('upgrade', (request, socket, head) => upgrades(request, socket, head, callerOf(request.socket)))
  server.on('checkContinue', (request, response) => {
    if (hooks.dispatch(request, response, () => callerOf(request.socket), { expectsContinue: true })) return
    response.writeContinue()
    server.emit('request', request, response)
  })
  server.emit('listening')
  return server
}

/** Hooks are asked before the web framework. */
const hooked =
  (handler: RequestListener, hooks: RequestHooks, callerOf: CallerOf): RequestListener =>
  (request, response) => {
    if (!hooks.dispatch(request, response, () => callerOf(request.socket), { expectsContinue: false })) handler(request, response)
  }

function createAcceptor(
  { clock, refusals }: Pick<ServerComponents, 'clock' | 'refusals'>,
  limits: ServerLimits,
  sockets: Set<Socket>,
  pass: (socket: Socket, protocol: Protocol) => void,
) {
  const connections = createConnectionLimit(limits)
  return (socket: Socket) => {
    const address = plainAddress(socket.remoteAddress ?? '')
    const leave = connections.enter(address)
    if (leave === null) {
      refusals.connection(address, 'too_many')
      socket.destroy()
      return
    }
    sockets.add(socket)
    socket.once('close', () => {
      sockets.delete(socket)
      leave()
    })
    // a connection that breaks before it has an owner concerns nobody; owners add their own listeners
    socket.on('error', () => socket.destroy())
    onFirstByte(clock, socket, limits.firstByte, {
      decide: (protocol) => pass(socket, protocol),
      // browsers of this machine connect in advance and may never need it
      silent: () => void (isLoopback(address) || refusals.connection(address, 'timeout')),
    })
  }
}

async function stopRun(
  { listener, apps, sockets, http2 }: Run,
  { closing, relayed }: { closing: number; relayed: RelayedConnections },
): Promise<void> {
  const closed = listener.close()
  for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
  // not on the clock, whose timers let the process end: a half-closed connection alone does not keep it alive until then
  const cutOff = setTimeout(() => {
    for (const socket of sockets) socket.destroy()
    relayed.closeAll()
  }, closing)
  http2.close()
  await Promise.all([...apps.map(closeApp), closed])
  clearTimeout(cutOff)
}

/** Ends what plugins hold open (`preClose`), idle connections, and the look-out for late headers. */
async function closeApp(app: FastifyInstance): Promise<void> {
  await app.close()
  await new Promise<void>((resolve) => app.server.close(() => resolve()))
}
