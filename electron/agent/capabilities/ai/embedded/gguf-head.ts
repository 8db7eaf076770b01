/** What a model file says of itself before its tokens and weights (GGUF, version 2 and 3: ggml’s docs/gguf.md). */

export interface GgufHead {
  /** "llama", "qwen3", … */
  architecture: string
  /** What its makers call it; null when it has no name. */
  name: string | null
  /** Tokens it was made for; null when the file does not say. */
  contextLength: number | null
  /** "3.2B"; null when the file does not say. */
  parameters: string | null
  /** "Q4_K_M"; null when unknown. */
  quantization: string | null
  /** It makes vectors of texts and does not write any. */
  isEmbedding: boolean
  /** It knows how a conversation is written for it. */
  hasChatTemplate: boolean
}

/** Types of values, as the format numbers them. */
const type = { string: 8, array: 9 } as const
/** Bytes of a value by its type; strings and arrays have no fixed size. */
const sizes: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 }

/** How each of them is read. Numbers that no file reaches come out as about as great. */
const scalars: Readonly<Record<number, (view: DataView, at: number) => number>> = {
  0: (view, at) => view.getUint8(at),
  1: (view, at) => view.getInt8(at),
  2: (view, at) => view.getUint16(at, true),
  3: (view, at) => view.getInt16(at, true),
  4: (view, at) => view.getUint32(at, true),
  5: (view, at) => view.getInt32(at, true),
  6: (view, at) => view.getFloat32(at, true),
  7: (view, at) => view.getUint8(at),
  10: (view, at) => Number(view.getBigUint64(at, true)),
  11: (view, at) => Number(view.getBigInt64(at, true)),
  12: (view, at) => view.getFloat64(at, true),
}

/** `general.file_type`, as llama.cpp numbers them (llama_ftype); those that are in use. */
const fileTypes: Readonly<Record<number, string>> = {
  ...{ 0: 'F32', 1: 'F16', 2: 'Q4_0', 3: 'Q4_1', 7: 'Q8_0', 8: 'Q5_0', 9: 'Q5_1', 10: 'Q2_K', 11: 'Q3_K_S', 12: 'Q3_K_M', 13: 'Q3_K_L' },
  ...{ 14: 'Q4_K_S', 15: 'Q4_K_M', 16: 'Q5_K_S', 17: 'Q5_K_M', 18: 'Q6_K', 19: 'IQ2_XXS', 20: 'IQ2_XS', 21: 'Q2_K_S', 22: 'IQ3_XS' },
  ...{
    23: 'IQ3_XXS',
    24: 'IQ1_S',
    25: 'IQ4_NL',
    26: 'IQ3_S',
    27: 'IQ3_M',
    28: 'IQ2_S',
    29: 'IQ2_M',
    30: 'IQ4_XS',
    31: 'IQ1_M',
    32: 'BF16',
  },
}

/** No entry of a head that makes sense is longer, bytes. */
const maxText = 64 * 1024
const maxEntries = 10_000

class EndOfBytes extends Error {}

/**
 * Reads the head from the first bytes of a file, as far as they go: what comes later (long lists of tokens) is left out.
 * Null when they are no GGUF of a known version. Never throws.
 */
export function parseGgufHead(bytes: Uint8Array): GgufHead | null {
  const reader = createReader(bytes)
  const values = new Map<string, string | number>()
  const isKnown = attempt(() => reader.magic() === 'GGUF' && [2, 3].includes(reader.u32()))
  if (isKnown !== true) return null
  // what follows may be cut off
  attempt(() => {
    reader.u64() // number of tensors
    const entries = Math.min(reader.u64(), maxEntries)
    for (let entry = 0; entry < entries; entry++) {
      const key = reader.text()
      const value = reader.value(reader.u32())
      if (value !== null) values.set(key, value)
    }
  })
  const architecture = textOf(values.get('general.architecture'))
  if (architecture === null) return null
  const fileType = numberOf(values.get('general.file_type'))
  return {
    architecture: architecture.slice(0, 64),
    name: textOf(values.get('general.name')),
    contextLength: positive(numberOf(values.get(`${architecture}.context_length`))),
    parameters: textOf(values.get('general.size_label'))?.slice(0, 32) ?? null,
    quantization: fileType === null ? null : (fileTypes[fileType] ?? null),
    isEmbedding: values.has(`${architecture}.pooling_type`),
    hasChatTemplate: values.has('tokenizer.chat_template'),
  }
}

function createReader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0

  const take = (count: number): number => {
    if (count > bytes.length - at) throw new EndOfBytes()
    at += count
    return at - count
  }
  const u32 = () => view.getUint32(take(4), true)
  const u64 = () => Number(view.getBigUint64(take(8), true))
  const text = () => {
    const length = u64()
    if (length > maxText) throw new EndOfBytes()
    const begin = take(length)
    return Buffer.from(bytes.buffer, bytes.byteOffset + begin, length).toString('utf8')
  }
  const scalar = (of: number, begin: number): number => {
    const read = scalars[of]
    if (read === undefined) throw new EndOfBytes()
    return read(view, begin)
  }

  const skipArray = () => {
    const of = u32()
    const count = u64()
    const size = sizes[of]
    if (size !== undefined) take(count * size)
    else if (of === type.string) for (let index = 0; index < count; index++) take(u64())
    else throw new EndOfBytes() // lists of lists: nobody writes them
  }

  return {
    magic: () => String.fromCharCode(...bytes.subarray(take(4), at)),
    u32,
    u64,
    text,
    /** Null for lists, which are passed over. */
    value(of: number): string | number | null {
      if (of === type.string) return text()
      if (of === type.array) {
        skipArray()
        return null
      }
      const size = sizes[of]
      if (size === undefined) throw new EndOfBytes()
      return scalar(of, take(size))
    },
  }
}

function attempt<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof EndOfBytes) return null
    throw error
  }
}

const textOf = (value: string | number | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null)
const numberOf = (value: string | number | undefined): number | null => (typeof value === 'number' ? value : null)
const positive = (value: number | null): number | null => (value !== null && Number.isSafeInteger(value) && value > 0 ? value : null)
