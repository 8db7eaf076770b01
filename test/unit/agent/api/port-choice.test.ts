import { describe, expect, it } from 'vitest'
import { candidatePorts, listenHosts, movedFrom } from '../../../../electron/agent/api/port-choice.ts'

describe('the port', () => {
  it('is 3000 or one of the next nineteen when nobody chose, and only the chosen one otherwise', () => {
    const ports = candidatePorts(undefined)
    expect([ports[0], ports.at(-1), ports.length]).toEqual([3000, 3019, 20])
    expect(candidatePorts(8080)).toEqual([8080])
  })

  it('is reported as moved only when nobody chose it', () => {
    expect([movedFrom(undefined, 3000), movedFrom(undefined, 3001), movedFrom(3001, 3001)]).toEqual([null, 3000, null])
  })
})

describe('the host', () => {
  it.each([
    [undefined, true, ['::']],
    [undefined, false, ['0.0.0.0']],
    ['::', false, ['0.0.0.0']],
    ['0.0.0.0', true, ['0.0.0.0']],
    ['127.0.0.1', true, ['127.0.0.1']],
    ['192.168.1.5', true, ['192.168.1.5', '127.0.0.1']],
    ['::1', true, ['::1', '127.0.0.1']],
  ])('%s (IPv6: %s) means %j', (chosen, ipv6, hosts) => expect(listenHosts(chosen, ipv6)).toEqual(hosts))
})
