/** Where everything is drawn. Pure: the same groups give the same drawing, whatever the states of the nodes are. */
import { ringAround, spiralAround, type Surroundings } from './around.ts'
import { type Group, here } from './homes.ts'
import { type Box, boxOf, isInside, type Level, levels, type Place, type Point } from './shapes.ts'

export interface Plan {
  width: number
  height: number
  level: Level
  /** By the id of the node; this node is `here`. */
  places: ReadonlyMap<string, Place>
}

/** More nodes than this are not drawn: the last place is for the rest. */
export const mostDrawn = 240
/** The place of those that are not drawn, in place of an id. */
export const rest = 'rest'

/** Heights that are tried one after the other, for wide and for narrow windows. */
const heights = { wide: [330, 360, 400, 460, 540, 640], upright: [414, 520, 640, 800, 960, 1120, 1280] }
const widths = { wide: 660, upright: 354 }
/** How much lower a drawing must stay for larger discs to be worth it. */
const tallest: Record<Level['name'], { wide: number; upright: number }> = {
  named: { wide: 400, upright: 520 },
  close: { wide: 540, upright: 960 },
  dots: { wide: 640, upright: 1280 },
}
const margin = 6

/**
 * This node in the middle of its group, the other groups beside it (below it when `upright`), each around its hub. With
 * more nodes the discs become smaller, and at last dots, but they never lie on each other, nor does a name. `left` is how
 * many had no place.
 */
export function planTopology(groups: readonly Group[], upright: boolean): { plan: Plan; left: number } {
  for (let most = mostDrawn; ; most -= 20) {
    const { shown, left } = cut(groups, most)
    const plan = planOf(shown, upright)
    // the middles alone always have room
    if (plan !== null) return { plan, left }
  }
}

function planOf(groups: readonly Group[], upright: boolean): Plan | null {
  const shape = upright ? 'upright' : 'wide'
  for (const level of levels) {
    for (const isTight of level.name === 'dots' ? [false] : [false, true]) {
      for (const height of heights[shape].filter((each) => each <= tallest[level.name][shape])) {
        const places = placesIn(groups, { width: widths[shape], height }, { level, upright, isTight })
        if (places !== null) return { width: widths[shape], height, level, places }
      }
    }
  }
  return null
}

/** At most so many nodes, of each group its part; the others become one, `rest`, beside this node. */
function cut(groups: readonly Group[], most: number): { shown: Group[]; left: number } {
  const count = (list: readonly Group[]) => list.reduce((sum, { members }) => sum + members.length, 0)
  const all = count(groups)
  if (all <= most) return { shown: [...groups], left: 0 }
  const shown = groups.map(({ centre, members }) => ({ centre, members: members.slice(0, Math.floor((members.length / all) * most)) }))
  const left = all - count(shown)
  return { shown: shown.map((group) => (group.centre === here ? { ...group, members: [...group.members, rest] } : group)), left }
}

interface Size {
  width: number
  height: number
}

interface Look {
  level: Level
  upright: boolean
  /** Places need not be spread well. */
  isTight: boolean
}

function placesIn(groups: readonly Group[], size: Size, { level, upright, isTight }: Look): Map<string, Place> | null {
  const areas = areasOf(groups, size, { level, upright })
  const centres = groups.map((group, i) => centreOf(group, areas[i] as Box, { level, upright, isAlone: groups.length === 1 }))
  const taken = centres.map((centre) => boxOf(centre, level))
  if (taken.some((box, i) => !isInside(box, areas[i] as Box))) return null
  const own = centres[0] as Place
  const lines = centres.slice(1).map((centre) => [own, centre] as const)
  const places = new Map(groups.map(({ centre }, i) => [centre, centres[i] as Place]))
  for (const [i, { members }] of groups.entries()) {
    const around: Surroundings = { centre: centres[i] as Place, area: areas[i] as Box, level, taken, lines, gap: gapOf(i, centres) }
    const ring = level.name === 'dots' ? null : ringAround(members.length, around)
    const found = ring ?? spiralAround(roomFor(members.length), around, isTight)
    if (found === null) return null
    for (const [k, id] of members.entries()) places.set(id, found[k] as Place)
  }
  return places
}

/** Places that are kept for so many: with more than a few, a node that comes moves nobody, most of the time. */
function roomFor(count: number): number {
  if (count <= 8) return count
  const step = Math.max(4, 2 ** Math.floor(Math.log2(Math.max(1, count)) - 2))
  return Math.ceil(count / step) * step
}

/** One area beside the other: this node's first, those of the hubs across the rest, two in a row where it is narrow. */
function areasOf(groups: readonly Group[], { width, height }: Size, { level, upright }: Omit<Look, 'isTight'>): Box[] {
  const whole = { x: margin, y: margin, width: width - 2 * margin, height: height - 2 * margin }
  const [own, ...hubs] = groups
  if (own === undefined || hubs.length === 0) return [whole]
  const isDots = level.name === 'dots'
  // a hub and its name need room, too
  const weight = ({ members }: Group) => roomFor(members.length) + (isDots ? 12 : 4)
  const others = hubs.reduce((sum, hub) => sum + weight(hub), 0)
  const behind = hubs.reduce((sum, { members }) => sum + roomFor(members.length), 0)
  const wanted = isDots ? others / (weight(own) + others) : behind / (roomFor(own.members.length) + behind + 1)
  const share = Math.min(behind > 2 * own.members.length + 4 ? 0.64 : 0.48, Math.max(behind > 0 ? 0.36 : 0.24, wanted))
  const [length, across] = upright ? [whole.height, whole.width] : [whole.width, whole.height]
  const box = (start: number, size: number, from: number, breadth: number): Box =>
    upright
      ? { x: margin + from, y: margin + start, width: breadth, height: size }
      : { x: margin + start, y: margin + from, width: size, height: breadth }
  const areas = [box(0, length * (1 - share), 0, across)]
  let start = length * (1 - share)
  for (const row of chunked(hubs, upright ? 2 : hubs.length)) {
    const inRow = row.reduce((sum, hub) => sum + weight(hub), 0)
    const size = (length * share * inRow) / others
    let from = 0
    for (const hub of row) {
      const breadth = (across * weight(hub)) / inRow
      areas.push(box(start, size, from, breadth))
      from += breadth
    }
    start += size
  }
  return areas
}

const chunked = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))

/** In the middle; a hub whose peers have names stands at the side that faces this node, with its peers behind it. */
function centreOf(
  { centre, members }: Group,
  { x, y, width, height }: Box,
  { level, upright, isAlone }: Omit<Look, 'isTight'> & { isAlone: boolean },
): Place {
  const own = centre === here
  const radius = own ? level.selfRadius : level.hubRadius
  const middle: Point = { x: x + width / 2, y: y + height / 2 }
  const isBeside = !own && level.name !== 'dots' && members.length > 0
  const at = !isBeside ? middle : upright ? { ...middle, y: y + radius + level.nameHeight } : { ...middle, x: x + level.nameWidth / 2 + 1 }
  return { x: Math.round(at.x), y: Math.round(at.y + (isAlone ? 2 : 0)), radius, name: 'below' }
}

/** Around this node the side of the hubs is free, around a hub the side of this node. */
function gapOf(group: number, centres: readonly Place[]): Surroundings['gap'] {
  const [own, ...hubs] = centres
  if (own === undefined || hubs.length === 0) return null
  const angle = (from: Point, to: Point) => Math.atan2(to.y - from.y, to.x - from.x)
  if (group > 0) return { at: angle(centres[group] as Place, own), width: (5 / 6) * Math.PI }
  const angles = hubs.map((hub) => angle(own, hub))
  const [least, most] = [Math.min(...angles), Math.max(...angles)]
  return { at: (least + most) / 2, width: most - least + Math.PI / 8 }
}
