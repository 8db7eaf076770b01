import { describe, expect, it } from 'vitest'
import { withInterface } from '../../../../../renderer/features/settings/ignored-interfaces.ts'

const all = ['eth0', 'docker0', 'docker1', 'br-1a']

describe('an interface taken in or left out by hand', () => {
  it('is left out by its name, once', () => {
    expect(withInterface(['docker*'], 'eth0', { used: false, all })).toEqual(['docker*', 'eth0'])
    expect(withInterface(['docker*'], 'docker0', { used: false, all })).toEqual(['docker*'])
  })

  it('comes in although a pattern kept it out, and the others of that pattern stay out', () => {
    expect(withInterface(['docker*', 'br-*'], 'docker0', { used: true, all })).toEqual(['br-*', 'docker1'])
    expect(withInterface(['*'], 'eth0', { used: true, all })).toEqual(['docker0', 'docker1', 'br-1a'])
  })

  it('comes in again where its name was on the list', () => {
    expect(withInterface(['docker*', 'eth0'], 'eth0', { used: true, all })).toEqual(['docker*'])
  })
})
