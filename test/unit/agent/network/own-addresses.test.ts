import { describe, expect, it } from 'vitest'
import { listensAt, reachableHosts } from '../../../../electron/agent/network/own-addresses.ts'

describe('the hosts under which a node is reached', () => {
  it('are the chosen address when one was chosen, and loopback when there is nothing else', () => {
    expect(reachableHosts('192.168.1.20', ['10.0.0.1'])).toEqual(['192.168.1.20'])
    expect(reachableHosts(undefined, ['10.0.0.1', '2001:db8::2'])).toEqual(['10.0.0.1', '2001:db8::2'])
    expect(reachableHosts('0.0.0.0', ['10.0.0.1', '2001:db8::2'])).toEqual(['10.0.0.1'])
    expect(reachableHosts(undefined, [])).toEqual(['127.0.0.1'])
  })
})

describe('a node takes connections', () => {
  it('to every address of this machine unless one was chosen', () => {
    for (const host of [undefined, '0.0.0.0', '::', '10.1.0.2']) expect(listensAt(host, '10.1.0.2')).toBe(true)
    for (const host of ['127.0.0.1', '10.1.0.3', 'fd00::2']) expect(listensAt(host, '10.1.0.2')).toBe(false)
  })
})
