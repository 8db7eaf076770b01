import { describe, expect, it } from 'vitest'
import { type FoundThere, judgePortal } from '../../../../electron/agent/network/portal.ts'

const attic = 'https://192.0.2.7:3000'
const mia = 'https://192.0.2.8:3000'
const redirect = (url: string): FoundThere => ({ url, kind: 'redirect', host: 'login.cafe.example' })
const stranger = (url: string, key = 'K1'): FoundThere => ({ url, kind: 'stranger', key })
const page = (url: string, hash = 'h1'): FoundThere => ({ url, kind: 'page', hash })

describe('a network stands between', () => {
  it('when it leads elsewhere in the place of a peer, and its page is named', () => {
    expect(judgePortal([redirect(attic)], null)).toEqual({ page: 'login.cafe.example' })
  })

  it('when it says so with the status that HTTP has for it', () => {
    expect(judgePortal([{ url: attic, kind: 'sign-in' }], null)).toEqual({ page: null })
  })

  it('when one key or one page answers at the places of two peers', () => {
    expect(judgePortal([stranger(attic), stranger(mia)], null)).toEqual({ page: null })
    expect(judgePortal([page(attic), page(mia)], null)).toEqual({ page: null })
  })

  it('when the system says so', () => {
    expect(judgePortal([], 'portal')).toEqual({ page: null })
  })
})

describe('no network stands between', () => {
  it('when a peer answers', () => {
    expect(judgePortal([redirect(attic), { url: mia, kind: 'peer' }], 'portal')).toBeNull()
  })

  it('when another machine has the address of one peer, or two machines those of two', () => {
    expect(judgePortal([stranger(attic), { url: mia, kind: 'nothing' }], 'full')).toBeNull()
    expect(judgePortal([stranger(attic), stranger(mia, 'K2')], null)).toBeNull()
    expect(judgePortal([page(attic), page(mia, 'h2')], null)).toBeNull()
  })

  it('when two peers were at one address, which another machine has now', () => {
    expect(judgePortal([stranger(attic), stranger('https://192.0.2.7:3001')], null)).toBeNull()
  })

  it('when nothing answers', () => {
    expect(judgePortal([{ url: attic, kind: 'nothing' }], 'limited')).toBeNull()
    expect(judgePortal([], null)).toBeNull()
  })
})
