import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseGgufHead } from '../../../../../../electron/agent/capabilities/ai/embedded/gguf-head.ts'
import { tinyGguf } from '../../../../../support/tiny-gguf.ts'

const file = tinyGguf({ name: 'Tiny River', contextLength: 768 })

describe('the head of a model file', () => {
  it('tells what the model is', () => {
    expect(parseGgufHead(file)).toEqual({
      architecture: 'llama',
      name: 'Tiny River',
      contextLength: 768,
      parameters: '100K',
      quantization: 'F32',
      isEmbedding: false,
      hasChatTemplate: true,
    })
  })

  it('tells as much as there is when the file is cut', () => {
    expect(parseGgufHead(file.subarray(0, 400))).toMatchObject({ architecture: 'llama', contextLength: 768, hasChatTemplate: false })
  })

  it('is null for what is no model file', () => {
    expect(parseGgufHead(Buffer.from('PK\u0003\u0004 a zip archive'))).toBeNull()
    expect(parseGgufHead(new Uint8Array())).toBeNull()
    const future = Buffer.from(file)
    future.writeUInt32LE(9, 4)
    expect(parseGgufHead(future)).toBeNull()
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat({ max: 2_000 }), (noise, at) => {
        const damaged = Buffer.from(file.subarray(0, 4_000))
        damaged.set(noise, at)
        parseGgufHead(damaged)
        parseGgufHead(Buffer.concat([file.subarray(0, 24), noise]))
        return true
      }),
    )
  })
})
