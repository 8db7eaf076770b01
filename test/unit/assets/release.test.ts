import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { billOf } from '../../../assets/release/bill-of.ts'
import { statementIn, withField } from '../../../assets/release/release-statement.ts'
import { tempDir } from '../../fakes/temp-dir.ts'

const channel = `version: 1.1.0
files:
  - url: free-compute-node-1.1.0-linux-x64.AppImage
    sha512: ${'A'.repeat(86)}==
    size: 123
    blockMapSize: 4
path: free-compute-node-1.1.0-linux-x64.AppImage
sha512: ${'A'.repeat(86)}==
releaseDate: '2026-11-28T12:00:00.000Z'
`

describe('a channel file', () => {
  it('offers files, of which name, checksum and size are signed', () => {
    const file = join(tempDir(), 'latest-linux.yml')
    writeFileSync(file, channel)
    expect(statementIn(file)).toEqual({
      version: '1.1.0',
      files: [{ url: 'free-compute-node-1.1.0-linux-x64.AppImage', sha512: `${'A'.repeat(86)}==`, size: 123 }],
    })
  })

  it('takes a field once, and is otherwise the same', () => {
    const twice = withField(withField(channel, 'stagingPercentage', 10), 'stagingPercentage', 50)
    expect(load(twice)).toEqual({ ...(load(channel) as object), stagingPercentage: 50 })
    expect(load(withField(twice, 'signature', 'a.b.c'))).toMatchObject({ stagingPercentage: 50, signature: 'a.b.c', version: '1.1.0' })
  })

  it('that is none is refused', () => {
    const file = join(tempDir(), 'latest.yml')
    writeFileSync(file, 'version: 1.1.0\nfiles: []\n')
    expect(() => statementIn(file)).toThrow(/files/u)
  })
})

describe('the bill of materials', () => {
  const bill = {
    bomFormat: 'CycloneDX',
    components: [
      { name: 'zod', version: '4.6.7', scope: 'optional' },
      { name: '@mantine/core', version: '9.7.3' },
      { group: '@tabler', name: 'icons-react', version: '3.51.0' },
      { name: 'vitest', version: '5.1.1' },
    ],
  }

  it('tells what is in the program from what makes it', () => {
    const packed = ['zod@4.6.7', '@mantine/core@9.7.3', '@tabler/icons-react@3.51.0'].map((text) => {
      const at = text.lastIndexOf('@')
      return { name: text.slice(0, at), version: text.slice(at + 1) }
    })
    expect(billOf(bill, packed).components?.map(({ scope }) => scope)).toEqual(['required', 'required', 'required', 'excluded'])
  })

  it('that lacks a library of the program is refused', () => {
    expect(() => billOf(bill, [{ name: 'zod', version: '4.6.8' }])).toThrow('zod@4.6.8')
  })
})
