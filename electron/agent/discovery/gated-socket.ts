import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import type { PacketGate } from './packet-gate.ts'

interface GatedSocketOptions {
  family: 'IPv4' | 'IPv6'
  gate: PacketGate
  /** The outcome of every packet sent; the library above keeps errors of its questions to itself. */
  onSent: (error: Error | null) => void
}

/** A socket for multicast-dns that hands on only what the gate admits, and tells how sending went. */
export function createGatedSocket({ family, gate, onSent }: GatedSocketOptions): Socket {
  const socket = createSocket({ type: family === 'IPv4' ? 'udp4' : 'udp6', reuseAddr: true, ipv6Only: family === 'IPv6' })
  const emit = socket.emit.bind(socket) as (event: string, ...args: unknown[]) => boolean
  const emitAdmitted = (event: string, ...args: unknown[]): boolean => {
    if (event !== 'message') return emit(event, ...args)
    const [packet, from] = args as [Buffer, RemoteInfo]
    return gate.admits(packet, from.address) && emit(event, packet, from)
  }
  const send = socket.send.bind(socket) as (...args: unknown[]) => void
  const sendAndTell = (...args: unknown[]): void => {
    const done = args.at(-1) as (error: Error | null) => void
    send(...args.slice(0, -1), (error: Error | null) => {
      onSent(error)
      done(error)
    })
  }
  return Object.assign(socket, { emit: emitAdmitted, send: sendAndTell })
}
