import { describe, expect, it } from 'vitest'
import { isForbiddenAddress } from '../../../../electron/agent/support/address-rules.ts'

describe('addresses that are never dialled', () => {
  it.each([
    ['10.0.0.1', false],
    ['100.64.0.9', false],
    ['fd12::1', false],
    ['169.254.1.1', true],
    ['::ffff:169.254.1.1', true],
    ['fe80::1%eth0', true],
    ['64:ff9b::a9fe:a9fe', true],
    ['2002:a9fe:a9fe::', true],
    ['255.255.255.255', true],
    ['::ffff:10.0.0.1', false],
    ['example.org', true],
    ['nonsense', true],
  ])('%s is forbidden: %s', (address, forbidden) => expect(isForbiddenAddress(address)).toBe(forbidden))
})
