import { describe, expect, it } from 'vitest'
import { holderFromLsof, listeningInodes, nameFromTasklist, pidFromNetstat } from '../../../../electron/agent/programs/holder-tools.ts'

const procNetTcp = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 48211 1 0000000000000000 100 0 0 10 0
   1: 0100007F:0BB8 0100007F:C1F2 01 00000000:00000000 00:00000000 00000000  1000        0 48300 1 0000000000000000 20 4 30 10 -1
   2: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 51 1 0000000000000000 100 0 0 10 0
   3: 0100007F:0BB8 0100007F:C1F4 06 00000000:00000000 03:00000E2A 00000000     0        0 0 3 0000000000000000
`

const netstat = `
Aktive Verbindungen

  Proto  Lokale Adresse         Remoteadresse          Status           PID
  TCP    127.0.0.1:3000         127.0.0.1:50123        HERGESTELLT      999
  TCP    0.0.0.0:3000           0.0.0.0:0              ABHÖREN          4711
  TCP    [::]:30000             [::]:0                 ABHÖREN          12
`

describe('who listens on a port, from what systems print', () => {
  it('Linux: sockets that listen on it, not those that are connected to it', () => {
    expect(listeningInodes(procNetTcp, 3000)).toEqual(['48211'])
    expect(listeningInodes(procNetTcp, 8080)).toEqual(['51'])
    expect(listeningInodes(procNetTcp, 3001)).toEqual([])
    expect(listeningInodes('', 3000)).toEqual([])
  })

  it('macOS: process and command of lsof', () => {
    expect(holderFromLsof('p4711\ncControlCenter\n')).toEqual({ pid: 4711, name: 'ControlCenter' })
    expect(holderFromLsof('')).toBeNull()
  })

  it('Windows: in any language, and not the port that only begins alike', () => {
    expect(pidFromNetstat(netstat, 3000)).toBe(4711)
    expect(pidFromNetstat(netstat, 30_000)).toBe(12)
    expect(pidFromNetstat(netstat, 300)).toBeNull()
    expect(nameFromTasklist('"node.exe","4711","Console","1","52.384 K"\r\n')).toBe('node.exe')
    expect(nameFromTasklist('INFO: No tasks are running which match the specified criteria.')).toBeNull()
  })
})
