/**
 * Sends hostile and broken mDNS packets: thousands of invented nodes, keys like `__proto__`, TXT that is too long, wrong
 * types, torn packets, questions without end. Run in a host of the laboratory: `node mdns-flooder.ts ADDRESS PACKETS`.
 */
import { randomBytes, randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { idOfPublicKey } from '../../../electron/agent/identity/node-id.ts'

const [address = '', packets = '1000'] = process.argv.slice(2)

const types = { A: 1, PTR: 12, TXT: 16, AAAA: 28, SRV: 33, ANY: 255 }
const label = (text: string) => Buffer.concat([Buffer.from([Math.min(63, Buffer.byteLength(text))]), Buffer.from(text).subarray(0, 63)])
const nameOf = (...labels: string[]) => Buffer.concat([...labels.map(label), Buffer.from([0])])
const u16 = (value: number) => Buffer.from([value >> 8, value & 255])
const service = ['_freecompute', '_tcp', 'local']

const record = (name: Buffer, type: number, data: Buffer, ttl = 120) =>
  Buffer.concat([name, u16(type), u16(1), u16(0), u16(ttl), u16(data.length), data])
const question = (name: Buffer, type: number) => Buffer.concat([name, u16(type), u16(1)])
const message = (flags: number, questions: Buffer[], answers: Buffer[]) =>
  Buffer.concat([u16(0), u16(flags), u16(questions.length), u16(answers.length), u16(0), u16(0), ...questions, ...answers])

function node(texts: string[], { port = 3000, address: told = Buffer.from([10, 1, 0, 77]) } = {}): Buffer {
  const instance = `fake ${randomBytes(6).toString('hex')}`
  const text = Buffer.concat(
    texts.map((each) => Buffer.concat([Buffer.from([Math.min(255, each.length)]), Buffer.from(each).subarray(0, 255)])),
  )
  const host = nameOf(instance.replaceAll(' ', '-'), 'local')
  return message(
    0x8400,
    [],
    [
      record(nameOf(...service), types.PTR, nameOf(instance, ...service)),
      record(nameOf(instance, ...service), types.SRV, Buffer.concat([u16(0), u16(0), u16(port), host])),
      record(nameOf(instance, ...service), types.TXT, text),
      record(host, types.A, told),
    ],
  )
}

const inventedId = () => `id=${idOfPublicKey(randomBytes(91))}`
const usual = ['txtvers=1', 'v=1', 'tls=1']
const kinds: (() => Buffer)[] = [
  () => node([...usual, inventedId(), `name=${'free money '.repeat(5)}`]),
  () => node([...usual, inventedId(), '__proto__=1', 'constructor=1', 'name=\u0007\u202egnp.exe']),
  () => node([...usual, inventedId(), ...Array.from({ length: 60 }, (_, index) => `k${index}=${'x'.repeat(200)}`)]),
  () => node([...usual, inventedId()], { port: 0 }),
  () => node([...usual, inventedId()], { address: Buffer.from([169, 254, 169, 254]) }),
  () => node([...usual, 'id=']),
  () => node(['', '=', 'id', '\u0000']),
  () => message(0x8400, [], [record(nameOf(...service), types.PTR, Buffer.from([0xc0, 0x0c]))]), // a name that points at itself
  () =>
    message(
      0x8400,
      [],
      [record(nameOf('x', ...service), types.TXT, Buffer.alloc(0)), record(nameOf(...service), types.SRV, Buffer.alloc(3))],
    ),
  () =>
    message(
      0,
      Array.from({ length: 8 }, () => question(nameOf(...service), types.PTR)),
      [],
    ),
  () =>
    message(
      0,
      Array.from({ length: 60 }, () => question(nameOf(...service), types.ANY)),
      [],
    ),
  () => Buffer.concat([u16(0), u16(0x8400), u16(65_535), u16(65_535), u16(65_535), u16(65_535), nameOf(...service)]),
  () => node([...usual, inventedId()]).subarray(0, randomInt(1, 120)),
  () => Buffer.concat([nameOf(...service), randomBytes(randomInt(1, 1_400))]),
  () => Buffer.concat([Buffer.alloc(12, 1), nameOf(...service), randomBytes(8_000)]),
]

const socket = createSocket({ type: 'udp4', reuseAddr: true })
socket.bind(5353, '0.0.0.0', () => {
  socket.setMulticastInterface(address)
  void flood(Number(packets))
})

async function flood(left: number): Promise<void> {
  for (let index = 0; index < left; index += 1) {
    const make = kinds[index % kinds.length] as () => Buffer
    await new Promise((resolve) => socket.send(make(), 5353, '224.0.0.251', resolve))
    if (index % 50 === 49) await new Promise((resolve) => setTimeout(resolve, 10))
  }
  socket.close()
}
