/**
 * Counts the mDNS packets that arrive at this host, by sender: prints a line of JSON each second. Run in a host of the
 * laboratory: `node mdns-listener.ts CARD ADDRESS`.
 */
import { createSocket } from 'node:dgram'

const [card = '', address = ''] = process.argv.slice(2)
const counts: Record<string, number> = {}
const count = (from: string) => void (counts[from] = (counts[from] ?? 0) + 1)

const v4 = createSocket({ type: 'udp4', reuseAddr: true })
v4.on('message', (_, { address: from }) => count(from))
v4.bind(5353, '0.0.0.0', () => v4.addMembership('224.0.0.251', address))
const v6 = createSocket({ type: 'udp6', reuseAddr: true, ipv6Only: true })
v6.on('message', (_, { address: from }) => count(from))
v6.on('error', () => v6.close()) // a host without IPv6
v6.bind(5353, '::', () => v6.addMembership('ff02::fb', `::%${card}`))

setInterval(() => process.stdout.write(`${JSON.stringify(counts)}\n`), 1_000)
