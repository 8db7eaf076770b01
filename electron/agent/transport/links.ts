/**
 * Links: one persistent connection per active peer, made when there is something to say and kept until the peer is
 * gone or others are used more. What is said may be lost; questions are answered or fail. The connection itself, with
 * its pinned keys, is made by `dial` and by whoever calls `accept`.
 */
import type { Duplex } from 'node:stream'
import type { LinkHandlers, Links, LinksComponents, NodeId } from '../components.ts'
import { FcnError, toFcnError } from '../errors.ts'
import { createEmitter } from '../support/signal.ts'
import { createFrameSocket, type Frame, type FrameSocket } from './frames.ts'

/** Connections kept; the one unused for longest is closed first. */
const defaultMaxLinks = 128
/** What is said while a connection is being made; the oldest gives way. */
const maxWaiting = 32
/** Questions of ours under way with one peer. */
const maxQuestions = 64
/** Two connections made by both sides within this time, ms, were made at once, and both sides keep the same one. */
const simultaneous = 2_000
/** The other one still takes answers for so long, ms. */
const lingering = 1_000
/** Nothing is dialled again sooner after a failure, ms. */
const redialAfter = 200
/** Longest wait for a connection, ms. */
const dialLimit = 5_000

interface Line {
  readonly frames: FrameSocket
  readonly dialled: boolean
  readonly at: number
  /** Closed on purpose, by whichever side. */
  ended: boolean
}

interface Question {
  readonly line: Line | null
  readonly settle: (answer: unknown, error?: FcnError) => void
}

interface Peer {
  line: Line | null
  readonly lines: Set<Line>
  dialling: AbortController | null
  failedAt: number
  waiting: Frame[]
  readonly questions: Map<number, Question>
}

export function createLinks(
  { self, clock, dial, report }: LinksComponents,
  { said, asked }: LinkHandlers,
  { maxLinks = defaultMaxLinks }: { maxLinks?: number } = {},
): Links {
  /** Those with an open link are in the order of last use. */
  const peers = new Map<NodeId, Peer>()
  const opened = createEmitter<NodeId>()
  const failed = createEmitter<{ node: NodeId; how: 'refused' | 'lost' | 'unreachable' }>()
  let running = false
  let numbers = 0

  function peerOf(node: NodeId): Peer {
    const peer = peers.get(node) ?? { line: null, lines: new Set(), dialling: null, failedAt: -Infinity, waiting: [], questions: new Map() }
    peers.delete(node)
    peers.set(node, peer)
    return peer
  }

  function put(node: NodeId, frame: Frame): Line | null {
    const peer = peerOf(node)
    if (peer.line?.frames.write(frame)) return peer.line
    if (peer.line) return null
    if (peer.waiting.length >= maxWaiting) peer.waiting.shift()
    peer.waiting.push(frame)
    connect(node, peer)
    return null
  }

  function connect(node: NodeId, peer: Peer): void {
    if (peer.dialling) return
    if (!running || clock.monotonic() - peer.failedAt < redialAfter) {
      giveUp(peer, new FcnError('unreachable', 'The peer could not be reached a moment ago.'))
      return
    }
    const controller = new AbortController()
    peer.dialling = controller
    const cancel = clock.after(dialLimit, () => controller.abort(new FcnError('timeout', 'No connection came about in time.')))
    const dialled = async () => {
      try {
        const socket = await dial(node, controller.signal)
        peer.dialling = null
        if (controller.signal.aborted || peers.get(node) !== peer) socket.destroy()
        else enter(node, peer, socket, true)
      } catch (thrown) {
        peer.dialling = null
        onDialFailed(node, peer, toFcnError(thrown))
      } finally {
        cancel()
      }
    }
    void dialled()
  }

  function onDialFailed(node: NodeId, peer: Peer, error: FcnError): void {
    if (peers.get(node) !== peer || peer.line) return
    peer.failedAt = clock.monotonic()
    giveUp(peer, error)
    failed.emit({ node, how: error.details?.['refused'] === true ? 'refused' : 'unreachable' })
  }

  function giveUp(peer: Peer, error: FcnError): void {
    peer.waiting = []
    for (const { line, settle } of peer.questions.values()) if (line === null) settle(undefined, error)
  }

  function enter(node: NodeId, peer: Peer, socket: Duplex, dialled: boolean): void {
    const frames = createFrameSocket(socket, {
      frame: (frame) => receive(node, peer, line, frame),
      closed: () => onClosed(node, peer, line),
    })
    const line: Line = { frames, dialled, at: clock.monotonic(), ended: false }
    peer.lines.add(line)
    prefer(peer, line, node)
    const waiting = peer.waiting
    peer.waiting = []
    for (const frame of waiting) if (peer.line?.frames.write(frame)) attach(peer, frame, peer.line)
    closeLeastUsed()
    opened.emit(node)
  }

  /** A question that waited for a connection now hangs on this one. */
  function attach(peer: Peer, frame: Frame, line: Line): void {
    if (frame[0] !== 'a') return
    const question = peer.questions.get(frame[1])
    if (question) peer.questions.set(frame[1], { ...question, line })
  }

  /** The newer of two connections is used, but of two that both sides made at once the one made by the lower id. */
  function prefer(peer: Peer, line: Line, node: NodeId): void {
    const other = peer.line
    const lower = self < node
    const atOnce = other !== null && other.dialled !== line.dialled && line.at - other.at < simultaneous
    const winner = other !== null && atOnce && other.dialled === lower ? other : line
    peer.line = winner
    const loser = winner === line ? other : line
    if (loser) clock.after(lingering, () => void bye(loser))
  }

  async function bye(line: Line): Promise<void> {
    line.ended = true
    const cancel = clock.after(lingering, line.frames.destroy)
    await line.frames.end(['b'])
    cancel()
  }

  function onClosed(node: NodeId, peer: Peer, line: Line): void {
    peer.lines.delete(line)
    const broken = new FcnError('unreachable', 'The connection broke off.')
    for (const { line: on, settle } of peer.questions.values()) if (on === line) settle(undefined, broken)
    if (peer.line === line) {
      peer.line = [...peer.lines].findLast(({ ended }) => !ended) ?? null
      if (peer.line === null && !line.ended && running) failed.emit({ node, how: 'lost' })
    }
  }

  function closeLeastUsed(): void {
    const open = [...peers.values()].filter(({ line }) => line !== null)
    for (const peer of open.slice(0, Math.max(0, open.length - maxLinks))) void end(peer)
  }

  const openNodes = () => [...peers].flatMap(([node, { line }]) => (line ? [node] : []))

  async function end(peer: Peer): Promise<void> {
    peer.line = null
    await Promise.all([...peer.lines].map(bye))
  }

  function breakOff(peer: Peer): void {
    peer.line = null
    for (const line of peer.lines) {
      line.ended = true
      line.frames.destroy()
    }
  }

  function receive(node: NodeId, peer: Peer, line: Line, frame: Frame): void {
    if (!running) return
    switch (frame[0]) {
      case 's':
        said(node, frame[1])
        break
      case 'a':
        void answer(node, line, frame[1], frame[2])
        break
      case 'r':
        peer.questions.get(frame[1])?.settle(frame[2])
        break
      case 'b':
        line.ended = true
        if (peer.line === line) peer.line = [...peer.lines].findLast(({ ended }) => !ended) ?? null
    }
  }

  function forget(peer: Peer, reason: FcnError): void {
    peer.dialling?.abort(reason)
    peer.waiting = []
    for (const { settle } of peer.questions.values()) settle(undefined, reason)
  }

  async function answer(node: NodeId, line: Line, number: number, body: unknown): Promise<void> {
    try {
      line.frames.write(['r', number, (await asked(node, body)) ?? null])
    } catch (error) {
      report(error)
      line.frames.write(['r', number, null])
    }
  }

  const isNear = ({ line, dialling }: Peer) => line !== null || dialling !== null

  return {
    opened,
    failed,
    near: {
      has(node) {
        const peer = peers.get(node)
        return peer !== undefined && isNear(peer)
      },
      get size() {
        let count = 0
        for (const peer of peers.values()) if (isNear(peer)) count++
        return count
      },
    },
    open: {
      has: (node) => (peers.get(node)?.line ?? null) !== null,
      get size() {
        return openNodes().length
      },
      nodes: openNodes,
    },
    say: (node, body) => void (running && put(node, ['s', body])),
    ask(node, body, limit) {
      if (!running) return Promise.reject(new FcnError('not_running', 'This node stops.'))
      const peer = peerOf(node)
      if (peer.questions.size >= maxQuestions) return Promise.reject(new FcnError('too_many', 'Too many questions to one peer.'))
      return new Promise((resolve, reject) => {
        const number = ++numbers
        const cancel = clock.after(limit, () => settle(undefined, new FcnError('timeout', 'The peer did not answer in time.')))
        const settle: Question['settle'] = (answer, error) => {
          cancel()
          peer.questions.delete(number)
          if (error) reject(error)
          else if (answer === null || answer === undefined) reject(new FcnError('bad_answer', 'The peer refused a question.'))
          else resolve(answer)
        }
        peer.questions.set(number, { line: null, settle })
        const frame: Frame = ['a', number, body]
        const line = put(node, frame)
        if (line) attach(peer, frame, line)
        else if (peer.line) settle(undefined, new FcnError('unreachable', 'The peer does not read what it is sent.'))
      })
    },
    accept(node, socket) {
      if (running) enter(node, peerOf(node), socket, false)
      else socket.destroy()
    },
    renew(node) {
      const peer = peers.get(node)
      if (peer?.line) connect(node, peer)
    },
    close(node, how) {
      const peer = peers.get(node)
      if (!peer) return
      peers.delete(node)
      forget(peer, new FcnError('unreachable', 'The connection to the peer was ended.'))
      if (how === 'bye') void end(peer)
      else breakOff(peer)
    },
    async start() {
      running = true
    },
    async stop() {
      running = false
      const all = [...peers.values()]
      peers.clear()
      for (const peer of all) forget(peer, new FcnError('not_running', 'This node stops.'))
      await Promise.all(all.map(end))
    },
  }
}
