import { describe, expect, it } from 'vitest'
import { dark, light, type Tokens } from '../../../../renderer/ui/tokens.ts'

/** Relative luminance of #RRGGBB (WCAG 2.2). */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (lighter + 0.05) / (darker + 0.05)
}

const grounds = ['surface', 'canvas', 'inset'] as const
const inks = ['text', 'text2', 'text3', 'accent', 'online', 'attention', 'error', 'paused', 'idle'] as const

describe.each([
  ['light', light],
  ['dark', dark],
] as const)('%s tokens', (_name, tokens: Tokens) => {
  it.each(inks)('%s reads at 4.5:1 or better on every ground', (ink) => {
    for (const ground of grounds) expect(contrast(tokens[ink], tokens[ground])).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['accent', 'online', 'attention', 'error', 'paused'] as const)('%s reads on its own soft tint', (state) => {
    expect(contrast(tokens[state], tokens[`${state}Soft`])).toBeGreaterThanOrEqual(4.5)
    expect(contrast(tokens.text2, tokens[`${state}Soft`])).toBeGreaterThanOrEqual(4.5)
  })

  it('shows borders of controls at 3:1, white on primary buttons and ink on badges at 4.5:1', () => {
    for (const ground of grounds) expect(contrast(tokens.control, tokens[ground])).toBeGreaterThanOrEqual(3)
    expect(contrast('#FFFFFF', tokens.accentFill)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(tokens.attentionInk, tokens.attentionFill)).toBeGreaterThanOrEqual(4.5)
  })
})
