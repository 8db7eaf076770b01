import { describe, expect, it } from 'vitest'
import { nodeState } from '../../../electron/agent/node-state.ts'

const quiet = { running: true, requests: 0, health: [], paused: false, peers: [{ state: 'online' as const }] }

describe('node state', () => {
  it.each([
    ['starting', { running: false, requests: 1 }],
    ['online', {}],
    ['alone', { peers: [] }],
    ['alone', { peers: [{ state: 'offline' as const }, { state: 'suspect' as const }] }],
    ['attention', { requests: 1 }],
    ['attention', { health: [{ severity: 'warning' as const }], peers: [] }],
    ['online', { health: [{ severity: 'info' as const }] }],
    ['paused', { paused: true }],
    ['paused', { paused: true, peers: [] }],
    ['attention', { paused: true, requests: 1 }],
    ['attention', { paused: true, health: [{ severity: 'error' as const }] }],
    ['starting', { paused: true, running: false }],
  ])('is %s with %j', (state, facts) => {
    expect(nodeState({ ...quiet, ...facts })).toBe(state)
  })
})
