import jsQR from 'jsqr'
import { describe, expect, it } from 'vitest'
import { inviteView } from '../../../fixtures/trust-views.ts'
import { openBench } from '../run-fcn.ts'

// as long as an invite with six addresses gets
const text = `fcn1.${'Ab3_-'.repeat(49)}`
const link = `fcn://join?i=${text}`

const openInviteBench = () =>
  openBench({
    'invite.create': () => ({ invite: inviteView({ expiresAt: Date.now() + 86_400_000 + 500 }), link, text }),
    'invite.list': () => [
      inviteView({ expiresAt: Date.now() + 7_200_500, askMe: true }),
      inviteView({ id: 'inv-2', note: null, state: 'used', usedBy: [{ id: 'tab', name: 'tablet', at: 0 }] }),
    ],
    'invite.revoke': () => inviteView({ state: 'revoked' }),
  })

describe('fcn invite', () => {
  it('passes on all choices', async () => {
    await using bench = await openInviteBench()
    const choices = ['--mesh', 'Home', '--role', 'admin', '--for', '7d', '--uses', '3', '--note', 'the family', '--ask']
    const ran = await bench.fcn('invite', ...choices, '--json')
    expect(ran.json()).toMatchObject({ link, text })
    expect(bench.api.received).toEqual([
      {
        name: 'invite.create',
        input: { mesh: 'Home', role: 'admin', validFor: 7 * 86_400_000, uses: 3, note: 'the family', askMe: true },
      },
    ])
  })

  it('is for one node and a day by default', async () => {
    await using bench = await openInviteBench()
    const { stdout } = await bench.fcn('invite')
    expect(bench.api.received[0]?.input).toEqual({ role: 'member', validFor: 86_400_000, uses: 1, askMe: false })
    expect(stdout).toMatch(/^One node may join Home with it as member, until .* \(in 1 d\)\.$/m)
  })

  it('puts link and text on lines of their own, and no QR code where it could not be scanned', async () => {
    await using bench = await openInviteBench()
    const { stdout } = await bench.fcn('invite')
    expect(stdout.split('\n')).toEqual(expect.arrayContaining([link, text]))
    expect(stdout).not.toContain('█')
  })

  it('shows a QR code of the link that a reader understands, within 80 columns', async () => {
    await using bench = await openInviteBench()
    const { stdout } = await bench.fcn('invite', '--qr')
    const qr = stdout.split('\n').filter((line) => /^[█▀▄ ]{20,}$/u.test(line))
    expect(Math.max(...qr.map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(scan(qr)).toBe(link)
  })

  it('shows it in a terminal that is wide enough, unless it is not wanted', async () => {
    await using bench = await openInviteBench()
    expect((await bench.run(['invite'], { isTTY: true, columns: 80 })).stdout).toContain('█')
    expect((await bench.run(['invite', '--no-qr'], { isTTY: true, columns: 80 })).stdout).not.toContain('█')
    expect((await bench.run(['invite'], { isTTY: true, columns: 40 })).stdout).toMatch(
      /needs a terminal that is \d+ characters wide; this one has 40/,
    )
  })
})

describe('fcn invites', () => {
  it('lists what they let in', async () => {
    await using bench = await openInviteBench()
    expect((await bench.fcn('invites')).stdout).toBe(
      [
        'ID     MESH  ROLE    STATE                    USED           NOTE',
        'inv-1  Home  member  open, ends in 2 h, asks  0 of 1         the family',
        'inv-2  Home  member  used                     1 of 1 tablet',
        '',
      ].join('\n'),
    )
  })

  it('takes one back', async () => {
    await using bench = await openInviteBench()
    expect((await bench.fcn('invites', 'revoke', 'the family')).stdout).toContain('The invite the family is taken back.')
    expect(bench.api.received).toEqual([{ name: 'invite.revoke', input: { id: 'the family' } }])
  })
})

const scale = 4

/** What a camera sees of the lines on a dark screen: each character is two modules, one above the other. */
function scan(lines: readonly string[]): string | undefined {
  const width = (lines[0]?.length ?? 0) * scale
  const height = lines.length * 2 * scale
  const pixels = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const row = Math.floor(y / scale)
      const character = lines[row >> 1]?.[Math.floor(x / scale)] ?? ' '
      const light = character === '█' || character === (row % 2 === 0 ? '▀' : '▄')
      pixels.fill(light ? 255 : 0, (y * width + x) * 4, (y * width + x) * 4 + 3)
      pixels[(y * width + x) * 4 + 3] = 255
    }
  }
  return jsQR(pixels, width, height)?.data
}
