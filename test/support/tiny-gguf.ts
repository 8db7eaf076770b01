/**
 * A model of half a megabyte that real llama.cpp loads in milliseconds: architecture of Llama with two layers and weights by
 * chance, the same for each seed. What it writes makes no sense, but is text, and always the same for the same question.
 * The format is ggml’s docs/gguf.md, version 3.
 */
import { writeFile } from 'node:fs/promises'

interface TinyModel {
  name?: string
  seed?: number
  /** Tokens that fit. */
  contextLength?: number
}

const size = { embedding: 64, layers: 2, heads: 4, feedForward: 128 }
const alignment = 32

/** Types of values, as the format numbers them. */
const u32 = 4
const f32 = 6
const text = 8
const list = 9
const i32 = 5

/** Kinds of tokens, as llama.cpp numbers them. */
const kind = { normal: 1, unknown: 2, control: 3, byte: 6 }

const words =
  'mesh node peer hub spoke route model engine word line house attic cellar garden river stone light paper table window winter summer morning evening the a of and to in is it on that with for as by from at or but not we they she he you one two three four five six seven red green blue old new small great long short'

export const writeTinyGguf = (path: string, model: TinyModel = {}): Promise<void> => writeFile(path, tinyGguf(model))

/** The whole file. */
export function tinyGguf({ name = 'tiny', seed = 42, contextLength = 512 }: TinyModel = {}): Buffer {
  const tokens = vocabulary()
  const tensors = tensorsOf(tokens, seed)
  const entries = [
    entry('general.architecture', text, 'llama'),
    entry('general.name', text, name),
    entry('general.size_label', text, '100K'),
    entry('general.file_type', u32, 0),
    entry('llama.context_length', u32, contextLength),
    entry('llama.embedding_length', u32, size.embedding),
    entry('llama.block_count', u32, size.layers),
    entry('llama.feed_forward_length', u32, size.feedForward),
    entry('llama.attention.head_count', u32, size.heads),
    entry('llama.attention.head_count_kv', u32, size.heads),
    entry('llama.attention.layer_norm_rms_epsilon', f32, 1e-5),
    entry('llama.rope.dimension_count', u32, size.embedding / size.heads),
    entry('llama.vocab_size', u32, tokens.length),
    entry('tokenizer.ggml.model', text, 'llama'),
    listEntry(
      'tokenizer.ggml.tokens',
      text,
      tokens.map((token) => token.text),
    ),
    listEntry(
      'tokenizer.ggml.scores',
      f32,
      tokens.map((_, index) => -index),
    ),
    listEntry(
      'tokenizer.ggml.token_type',
      i32,
      tokens.map((token) => token.kind),
    ),
    entry('tokenizer.ggml.bos_token_id', u32, 1),
    entry('tokenizer.ggml.eos_token_id', u32, 2),
    entry('tokenizer.ggml.unknown_token_id', u32, 0),
    entry('tokenizer.chat_template', text, chatTemplate),
  ]
  let offset = 0
  const infos = tensors.map(({ name, dimensions, data }) => {
    const info = [encode(text, name), encode(u32, dimensions.length), ...dimensions.map(u64), encode(u32, 0), u64(offset)]
    offset += aligned(data.byteLength)
    return Buffer.concat(info)
  })
  const head = Buffer.concat([Buffer.from('GGUF'), encode(u32, 3), u64(tensors.length), u64(entries.length), ...entries, ...infos])
  return Buffer.concat([padded(head), ...tensors.map(({ data }) => padded(Buffer.from(data.buffer)))])
}

const chatTemplate =
  "{% for message in messages %}{{ '<' + message['role'] + '>' + message['content'] + '</s>' }}{% endfor %}{% if add_generation_prompt %}{{ '<assistant>' }}{% endif %}"

interface TinyToken {
  text: string
  kind: number
}

function vocabulary(): TinyToken[] {
  const bytes = Array.from({ length: 256 }, (_, byte) => ({
    text: `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
    kind: kind.byte,
  }))
  // all that can be typed, so that it can be made to write JSON
  const letters = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index))
  return [
    { text: '<unk>', kind: kind.unknown },
    { text: '<s>', kind: kind.control },
    { text: '</s>', kind: kind.control },
    ...bytes,
    ...[...words.split(' ').map((word) => `▁${word}`), '▁', ...letters].map((token) => ({ text: token, kind: kind.normal })),
  ]
}

interface Tensor {
  name: string
  /** The one that runs fastest first. */
  dimensions: number[]
  data: Float32Array
}

function tensorsOf(tokens: readonly TinyToken[], seed: number): Tensor[] {
  const { embedding, layers, feedForward } = size
  const chance = chanceFrom(seed)
  const weights = (name: string, ...dimensions: number[]): Tensor => {
    return { name, dimensions, data: Float32Array.from({ length: dimensions.reduce((a, b) => a * b) }, chance) }
  }
  const ones = (name: string): Tensor => ({ name, dimensions: [embedding], data: new Float32Array(embedding).fill(1) })
  const layer = (index: number): Tensor[] => {
    const at = (name: string) => `blk.${index}.${name}.weight`
    return [
      ...[ones(at('attn_norm')), ones(at('ffn_norm'))],
      ...['attn_q', 'attn_k', 'attn_v', 'attn_output'].map((name) => weights(at(name), embedding, embedding)),
      weights(at('ffn_gate'), embedding, feedForward),
      weights(at('ffn_up'), embedding, feedForward),
      weights(at('ffn_down'), feedForward, embedding),
    ]
  }
  const output = weights('output.weight', embedding, tokens.length)
  // no chance for half characters, ends and single letters: it writes words
  for (const [index, token] of tokens.entries())
    if (!token.text.startsWith('▁') || token.text === '▁') output.data.fill(0, index * embedding, (index + 1) * embedding)
  return [
    weights('token_embd.weight', embedding, tokens.length),
    ones('output_norm.weight'),
    output,
    ...Array.from({ length: layers }, (_, index) => layer(index)).flat(),
  ]
}

/** Numbers around 0 (Numerical Recipes’ generator). */
function chanceFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state / 2 ** 32 - 0.5) * 0.4
  }
}

function encode(type: number, value: string | number): Buffer {
  if (typeof value === 'string') return Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)])
  const bytes = Buffer.alloc(4)
  if (type === f32) bytes.writeFloatLE(value)
  else if (type === i32) bytes.writeInt32LE(value)
  else bytes.writeUInt32LE(value)
  return bytes
}

const entry = (key: string, type: number, value: string | number) =>
  Buffer.concat([encode(text, key), encode(u32, type), encode(type, value)])
const listEntry = (key: string, type: number, values: readonly (string | number)[]) =>
  Buffer.concat([
    encode(text, key),
    encode(u32, list),
    encode(u32, type),
    u64(values.length),
    ...values.map((value) => encode(type, value)),
  ])

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}

const aligned = (length: number) => Math.ceil(length / alignment) * alignment
const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(aligned(bytes.length) - bytes.length)])
