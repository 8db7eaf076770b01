import { describe, expect, it } from 'vitest'
import { createAliases } from '../../../../electron/agent/diagnostics/aliases.ts'
import { createRedactor } from '../../../../electron/agent/diagnostics/redact-text.ts'

const aliasOf = createAliases('salt')
const redact = createRedactor(
  [
    { text: 'attic', shown: 'node-aaaaaa' },
    { text: 'attic nas', shown: 'node-bbbbbb' },
    { text: 'q1w2', shown: '[secret]' },
    { text: '', shown: 'never' },
    { text: 'C++ (home)', shown: 'mesh-cccccc' },
  ],
  aliasOf,
)

describe('a redacted sentence', () => {
  it('keeps the words of the program', () => {
    const sentence = 'The connection broke after 12 s on port 3000: ECONNRESET, see node.log.'
    expect(redact(sentence)).toBe(sentence)
  })

  it('has no known name, the longest first, as a word of its own in any case', () => {
    expect(redact('ATTIC NAS and attic, but not atticus')).toBe('node-bbbbbb and node-aaaaaa, but not atticus')
    expect(redact('with C++ (home) it works')).toBe('with mesh-cccccc it works')
  })

  it.each([
    ['Bearer abcdef', 'abcdef'],
    ['token eyJhbGciOiJub25l.eyJzdWIi.x failed', 'eyJhbGci'],
    ['invite fcn1.AQBPbW2v1rK0 used', 'AQBPbW2v1rK0'],
    ['open fcn://join?i=AQBP now', 'AQBP'],
    ['sync with fcnsync_Ab3-_x7Q', 'Ab3-_x7Q'],
    ['at https://mia:pw@nas.example:3000/private/path?x=1', 'private'],
    ['by K7QDM3X-WPA4HNU-5SYB2RC-TJE6LQZ', 'WPA4HNU'],
    ['mail mia@home.example came', 'mia@home'],
    ['card aa:bb:cc:dd:ee:ff', 'aa:bb'],
    ['from 192.168.7.20', '7.20'],
    ['from 203.0.113.9:4711', '203.0'],
    ['from fe80::c0de%eth0', 'c0de'],
    ['from 2001:db8::7', 'db8'],
    ['from ::ffff:192.168.7.20', '7.20'],
    ['in /home/mia/.config/fcn/identity.key', 'mia'],
    [String.raw`in D:\people\mia\AppData\x`, 'mia'],
    ['named “Mia’s secret wish”', 'wish'],
    ['named "Mia secret"', 'secret'],
    ["named 'Mia secret'", 'secret'],
    ['at nas.mia.example', 'mia'],
    ['key 7Q2M9XKD4TRAPW3E8HJC', '7Q2M'],
    ['hash 9f86d081884c7d659a2feaa0c55ad015', '9f86'],
    ['-----BEGIN PRIVATE KEY-----\nMIGHAgEA\n-----END PRIVATE KEY-----', 'MIGHAgEA'],
    ['the word q1w2 in it', 'q1w2'],
    ['smuggled \uE0000\uE001 places', '\uE000'],
  ])('of “%s” does not have %s', (sentence, secret) => {
    expect(redact(sentence)).not.toContain(secret)
    expect(redact(sentence)).not.toBe('')
  })

  it('shows the same machine by the same alias in a URL and alone', () => {
    const [first, second] = redact('nas.example and http://nas.example:80/x').split(' and ')
    expect(second).toBe(`http://${first ?? ''}`)
  })

  it('stays one line, whatever it gets', () => {
    expect(redact('a\n\n b\t c')).toBe('a b c')
  })
})
