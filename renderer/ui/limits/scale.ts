/** A limit as a place on a slider. Pure. */
export interface Scale {
  /** The ends, in the unit that is typed. */
  min: number
  max: number
  step: number
  /** The end that means no limit. */
  none: 'min' | 'max'
}

/** From nothing to `most` in about a hundred steps, each 1, 2 or 5 times a power of ten; nothing means no limit. */
export function roundScale(most: number): Scale {
  const rough = Math.max(1, most / 100)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power
  return { min: 0, max: Math.max(step, Math.floor(most / step) * step), step, none: 'min' }
}

/** Where what is typed stands; what is beyond an end, at that end. */
export function onScale(scale: Scale, typed: number | string): number {
  if (typed === '' || !Number.isFinite(Number(typed))) return scale[scale.none]
  return Math.min(scale.max, Math.max(scale.min, Number(typed)))
}

/** What a place stands for; empty for no limit. */
export const fromScale = (scale: Scale, place: number): number | '' => (place === scale[scale.none] ? '' : place)
