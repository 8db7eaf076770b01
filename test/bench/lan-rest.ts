import { setTimeout as delay } from 'node:timers/promises'
import { openLab, whyNoLab } from '../e2e/lan/lab.ts'
import { startLabNode } from '../e2e/lan/lab-node.ts'
import { listen } from '../e2e/lan/listener.ts'
import { eventually } from '../support/eventually.ts'
import type { Row } from './measure.ts'

/** The quick questions and announcements after a start are over, s. */
const settled = 41
/** What is measured, s. */
const measured = 60

/** What discovery costs at rest: two nodes in one network and one without any, in a laboratory of namespaces. */
export async function lanRest(): Promise<Row[]> {
  const missing = whyNoLab()
  if (missing !== null) {
    process.stdout.write(`lan: not measured here (${missing})\n`)
    return []
  }
  await using lab = await openLab()
  await lab.lan('home')
  const plugged = async (name: string, ...addresses: string[]) => {
    const host = await lab.host(name)
    if (addresses.length > 0) await host.plug('home', 'eth0', ...addresses)
    return host
  }
  using listener = listen(await plugged('ear', '10.1.0.66/24'), 'eth0', '10.1.0.66')
  await eventually('the listener listens', () => listener.ready())
  await using attic = await startLabNode(await plugged('attic', '10.1.0.2/24'))
  await using _mia = await startLabNode(await plugged('mia', '10.1.0.3/24'))
  await using island = await startLabNode(await plugged('island'))
  await delay(settled * 1000)
  const before = { packets: listener.total(), attic: attic.cpu(), island: island.cpu() }
  await delay(measured * 1000)
  const share = (ms: number) => ms / measured / 10
  return [
    {
      what: 'mDNS packets at rest',
      unit: 'per 30 s, interface',
      ours: ((listener.total() - before.packets) / 2) * (30 / measured),
      reference: 1,
      against: `what it may send; 2 nodes, ${measured} s`,
    },
    {
      what: 'idle processor, alone in a LAN',
      unit: '% of a core',
      ours: share(attic.cpu() - before.attic),
      reference: Math.max(0.01, share(island.cpu() - before.island)),
      against: `a node without a network, ${measured} s`,
    },
  ]
}
