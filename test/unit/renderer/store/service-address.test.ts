import { describe, expect, it } from 'vitest'
import { serviceAddress } from '../../../../renderer/store/service-address.ts'

describe('the address of a service', () => {
  it('stays on this computer and escapes names', () => {
    expect(serviceAddress(3000, 'Maple Street', 'http://192.168.1.77:3000', 'photos')).toBe(
      'http://127.0.0.1:3000/services/Maple%20Street/http%3A%2F%2F192.168.1.77%3A3000/photos/',
    )
  })
})
