import type { NodeState } from '../../electron/contract/snapshot.ts'

/**
 * The one drawing behind logo, tray icon and state header, as plain data: a house whose five corners are linked nodes
 * (the five capabilities) and whose lit window is this node. Grid 16 × 16, on whole pixels at 16 px.
 *
 * Shape carries the state: closed outline = fine, dots = nobody there, roof only = being built, bars inside = paused,
 * solid = needs a person.
 */
export interface HouseDrawing {
  /** Thin links between corners; null where the house is solid or loose. */
  outline: string | null
  corners: { r: number; at: readonly (readonly [number, number])[] } | null
  /** The window, unless bars or a sign stand in its place. */
  lamp: boolean
  sign: 'bang' | 'cross' | 'bars' | null
  solid: boolean
  /** Moves the drawing down, grid units. */
  drop: number
}

export const houseOutline = 'M8 2.2 13.4 6.9V13.4H2.6V6.9Z'
const roof = 'M2.6 6.9 8 2.2 13.4 6.9'
const corners = [
  [8, 2.2],
  [13.4, 6.9],
  [13.4, 13.4],
  [2.6, 13.4],
  [2.6, 6.9],
] as const

const closed: HouseDrawing = { outline: houseOutline, corners: { r: 1.6, at: corners }, lamp: true, sign: null, solid: false, drop: 0 }
const solid: HouseDrawing = { ...closed, outline: null, corners: null, lamp: false, solid: true }

export const houseDrawings: Record<NodeState, HouseDrawing> = {
  starting: { ...closed, outline: roof, corners: { r: 1.6, at: [corners[0], corners[1], corners[4]] }, drop: 1.6 },
  online: closed,
  alone: { ...closed, outline: null, corners: { r: 1.15, at: corners } },
  paused: { ...closed, lamp: false, sign: 'bars' },
  attention: { ...solid, sign: 'bang' },
  error: { ...solid, sign: 'cross' },
}
