import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BusMessage, createMessageReader, encodeMessage, messageType } from '../../../../electron/shell/session-bus/wire.ts'

const hello: BusMessage = {
  ...{ type: messageType.call, serial: 1, path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' },
  ...{ member: 'Hello', destination: 'org.freedesktop.DBus', body: [] },
}

describe('a message of the D-Bus', () => {
  test('is written as the specification says', () => {
    const expected = [
      // little endian, call, no flags, version 1; body 0; serial 1; header fields 109 bytes
      '6c010001 00000000 01000000 6d000000',
      '01016f00 15000000 2f6f72672f667265656465736b746f702f44427573 000000',
      '02017300 14000000 6f72672e667265656465736b746f702e44427573 00000000',
      '03017300 05000000 48656c6c6f 000000',
      '06017300 14000000 6f72672e667265656465736b746f702e44427573 00000000',
    ]
    expect(encodeMessage(hello).toString('hex')).toBe(expected.join('').replaceAll(' ', ''))
  })

  test('is read as it was written, however it arrives in pieces', () => {
    const values = fc.tuple(fc.string(), fc.nat(), fc.boolean())
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 40 }), (all, size) => {
        const messages = all.map((body, index): BusMessage => ({
          ...{ type: messageType.signal, serial: index + 1, path: '/a', interface: 'a.b', member: 'C' },
          ...{ signature: 'sub', body: body.map((value) => (typeof value === 'string' ? value.replaceAll('\0', '') : value)) },
        }))
        const bytes = Buffer.concat(messages.map(encodeMessage))
        const read = createMessageReader()
        const found: BusMessage[] = []
        for (let at = 0; at < bytes.length; at += size) found.push(...read(bytes.subarray(at, at + size)))
        expect(found).toEqual(messages)
      }),
    )
  })

  test('from a machine of the other byte order is read as well', () => {
    // an answer to call 7 with one truth value
    const bytes = Buffer.from(
      '42020001 00000004 00000009 0000000f 05017500 00000007 08016700 016200 00 00000001'.replaceAll(' ', ''),
      'hex',
    )
    expect(createMessageReader()(bytes)).toEqual([{ type: messageType.answer, serial: 9, replySerial: 7, signature: 'b', body: [true] }])
  })

  test('with values that are not read here has none, and what follows is read', () => {
    const odd = { ...hello, signature: 's', body: ['x'] }
    const bytes = encodeMessage(odd)
    // the type of the body is another: an array of strings
    const at = bytes.lastIndexOf(Buffer.from([1, 's'.charCodeAt(0), 0]))
    bytes.set([1, 'x'.charCodeAt(0)], at)
    expect(createMessageReader()(Buffer.concat([bytes, encodeMessage(hello)])).map(({ body }) => body)).toEqual([[], []])
  })

  test('that is none, too large, or ends too early ends the reading', () => {
    const read = (hex: string) => () => createMessageReader()(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
    expect(read('48545450 2f312e31 20323030 204f4b0d')).toThrow('no message of the D-Bus')
    expect(read('6c010001 ffffff7f 01000000 00000000')).toThrow('more than is read')
    expect(read('6c010001 00000000 01000000 08000000 01016f00 ff000000')).toThrow('ends too early')
  })

  test('whatever bytes come, the reader throws or waits, and does not hang', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const read = createMessageReader()
        try {
          expect(read(Uint8Array.from([0x6c, ...bytes])).length).toBeLessThanOrEqual(bytes.length)
        } catch (error) {
          expect(error).toBeInstanceOf(Error)
        }
      }),
    )
  })
})
