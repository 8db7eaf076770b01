import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createTunnelUpgrade } from '../../../../../electron/agent/api/peer/tunnel-upgrade.ts'
import type { Caller, NodeId } from '../../../../../electron/agent/components.ts'
import { FcnError } from '../../../../../electron/agent/errors.ts'
import { eventually } from '../../../../support/eventually.ts'
import { socketPair } from '../../../../support/socket-pair.ts'
import { soon } from '../../../../support/soon.ts'
import { once } from 'node:events'

const caller = (id: NodeId): Caller => ({ kind: 'node', id, publicKey: '', address: '10.0.0.7' })

async function asked(who: Caller, { url = '/peer/v1/tunnel', upgrade = 'fcn-tunnel', head = '' } = {}) {
  const [near, far] = await socketPair()
  const attached: { node: NodeId; socket: Duplex }[] = []
  const hook = createTunnelUpgrade({
    membership: { isMember: (node) => node === 'MEMBER' || node === 'UNSERVED' },
    inbox: { refusal: () => new FcnError('not_member', 'You are not.') },
    relay: {
      attach(node) {
        if (node === 'UNSERVED') throw new FcnError('forbidden', 'Not for a mesh of yours.')
        return (socket) => void attached.push({ node, socket })
      },
    },
  })
  const run = () => hook({ url, headers: { upgrade } } as IncomingMessage, far, Buffer.from(head), who)
  return { run, near, far, attached }
}

describe('the upgrade to a tunnel', () => {
  it('is for members, who are attached once the answer has left', async () => {
    const { run, near, attached, far } = await asked(caller('MEMBER'), { upgrade: 'FCN-Tunnel', head: 'PRI' })
    expect(run()).toBe(true)
    expect(String((await soon(once(near, 'data')))[0])).toBe(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: fcn-tunnel\r\n\r\n',
    )
    const [{ node, socket }] = [await eventually('it is attached', () => attached[0], 3_000)]
    expect([node, socket === far, String(socket.read())]).toEqual(['MEMBER', true, 'PRI'])
  })

  it.each([
    ['members of a mesh that is not relayed for', caller('UNSERVED'), {}, 'forbidden'],
    ['strangers', caller('STRANGER'), {}, 'not_member'],
    ['callers without a key', { kind: 'anonymous', address: '10.0.0.7' }, {}, 'forbidden'],
    ['plain callers', { kind: 'plain', address: '127.0.0.1', loopback: true }, {}, 'forbidden'],
    ['another protocol', caller('MEMBER'), { upgrade: 'websocket' }, 'invalid_input'],
  ] as const)('is refused to %s, before a byte is answered', async (_who, who, request, code) => {
    const { run, far, attached } = await asked(who, request)
    expect(run).toThrow(expect.objectContaining({ code }))
    expect([far.bytesWritten, attached.length]).toEqual([0, 0])
  })

  it('leaves other addresses to others, and forgets a member that is gone before the answer', async () => {
    const elsewhere = await asked(caller('MEMBER'), { url: '/peer/v1/hello' })
    expect(elsewhere.run()).toBe(false)
    const gone = await asked(caller('MEMBER'))
    gone.run()
    gone.far.destroy()
    await soon(once(gone.far, 'close'))
    expect(gone.attached).toEqual([])
  })
})
