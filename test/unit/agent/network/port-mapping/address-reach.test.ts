import { describe, expect, it } from 'vitest'
import { reachOf } from '../../../../../electron/agent/network/port-mapping/address-reach.ts'

describe('from where an address is reached', () => {
  it.each([
    ['11.22.33.1', 'public'],
    ['100.63.255.255', 'public'],
    ['100.128.0.0', 'public'],
    ['172.32.0.1', 'public'],
    ['100.64.0.0', 'shared'],
    ['100.127.255.255', 'shared'],
    ['192.0.0.2', 'shared'],
    ['10.0.0.1', 'private'],
    ['172.16.0.1', 'private'],
    ['192.168.178.1', 'private'],
    ['203.0.113.9', 'private'],
    ['0.0.0.0', 'none'],
    ['127.0.0.1', 'none'],
    ['169.254.1.1', 'none'],
    ['224.0.0.1', 'none'],
    ['255.255.255.255', 'none'],
    ['2001:db8::1', 'none'],
    ['router.example', 'none'],
    ['', 'none'],
  ])('%s is %s', (address, reach) => expect(reachOf(address)).toBe(reach))
})
