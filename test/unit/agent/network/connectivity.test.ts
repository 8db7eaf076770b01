import { describe, expect, it } from 'vitest'
import { askConnectivity } from '../../../../electron/agent/network/connectivity.ts'

describe('NetworkManager', () => {
  it('is asked what it knows, without being made to look', async () => {
    const asked: string[] = []
    const output = async (file: string, args: readonly string[]) => {
      asked.push([file, ...args].join(' '))
      return 'portal\n'
    }
    expect(await askConnectivity(output)).toBe('portal')
    expect(asked).toEqual(['nmcli -t -f CONNECTIVITY general'])
  })

  it('says nothing where it is absent or speaks otherwise', async () => {
    for (const text of [null, '', 'Error: NetworkManager is not running.']) expect(await askConnectivity(async () => text)).toBeNull()
  })
})
