/** One colour scheme. Every state colour reads at 4.5:1 or better on surface, canvas, inset and its own soft tint. */
export interface Tokens {
  /** Behind everything. */
  canvas: string
  /** Cards, dialogs, the drawer. */
  surface: string
  /** Wells: icon wells, tracks, chips. */
  inset: string
  /** A control on its surface: default buttons, the chosen segment. */
  raised: string
  /** Hairlines, decoration only. */
  line: string
  /** Borders of inputs and of a switch that is off, 3:1. */
  control: string
  text: string
  text2: string
  /** Captions, units, times. */
  text3: string
  /** For doing, never for being: links, focus, selection. */
  accent: string
  /** Primary buttons, with white text. */
  accentFill: string
  accentSoft: string
  online: string
  onlineSoft: string
  attention: string
  /** Large marks and badges only. */
  attentionFill: string
  /** Ink on `attentionFill`. */
  attentionInk: string
  attentionSoft: string
  error: string
  errorSoft: string
  paused: string
  pausedSoft: string
  /** Offline, left, removed, off. */
  idle: string
  shadow1: string
  shadow2: string
}

export const light: Tokens = {
  canvas: '#F5F4F1',
  surface: '#FFFFFF',
  inset: '#EFEDE8',
  raised: '#FFFFFF',
  line: '#E1DED7',
  control: '#8B877F',
  text: '#1C2127',
  text2: '#4E565F',
  text3: '#656C74',
  accent: '#2559B3',
  accentFill: '#2559B3',
  accentSoft: '#E6EDF9',
  online: '#0A7554',
  onlineSoft: '#DFF1EA',
  attention: '#8F5C00',
  attentionFill: '#F0B13C',
  attentionInk: '#1C2127',
  attentionSoft: '#FBEFD8',
  error: '#9C1C31',
  errorSoft: '#FAE6E8',
  paused: '#61508A',
  pausedSoft: '#EDE9F5',
  idle: '#656C74',
  shadow1: '0 1px 2px rgb(28 33 39 / 5%)',
  shadow2: '0 2px 6px rgb(28 33 39 / 8%), 0 16px 40px rgb(28 33 39 / 16%)',
}

export const dark: Tokens = {
  canvas: '#12161B',
  surface: '#1A1F25',
  inset: '#232931',
  raised: '#2D343D',
  line: '#2D343D',
  control: '#75808C',
  text: '#E9ECEF',
  text2: '#B1BAC4',
  text3: '#939DA8',
  accent: '#8AB4FF',
  accentFill: '#3768C8',
  accentSoft: '#1C2B47',
  online: '#52C79C',
  onlineSoft: '#143229',
  attention: '#F0B44A',
  attentionFill: '#F0B44A',
  attentionInk: '#1C2127',
  attentionSoft: '#382B12',
  error: '#FF8795',
  errorSoft: '#40202A',
  paused: '#BBABE8',
  pausedSoft: '#2B2640',
  idle: '#939DA8',
  shadow1: 'none',
  shadow2: '0 0 0 1px #2D343D, 0 20px 48px rgb(0 0 0 / 55%)',
}

/** Fixed in both schemes: the brand, and what machines read. Dusk is the sky, lamp the lit window; in the app icon and on the first page only. */
export const brand = {
  duskDeep: '#0E2139',
  dusk: '#1D4371',
  duskLight: '#315E93',
  duskLine: '#8FB0D8',
  lamp: '#FFD88A',
  snow: '#FFFFFF',
  // the same in both schemes: many readers know no light on dark
  qrPaper: '#FFFFFF',
  qrInk: '#0E1317',
}
