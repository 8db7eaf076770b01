import { nodeState } from '../electron/contract/snapshot.ts'
import type { NodeState } from '../electron/contract/snapshot.ts'
import { appIcon, drawHouse, type Paint } from './house.ts'

/** An SVG source below `assets/`, and the PNG files made from it with their sides in pixels. */
export interface Icon {
  source: string
  svg: string
  images: { path: string; size: number }[]
}

const onLight: Record<NodeState, Paint> = {
  starting: { ink: '#4E565F' },
  online: { ink: '#0A7554' },
  alone: { ink: '#4E565F' },
  // amber alone has a contrast of 1.7:1 on a light panel
  attention: { ink: '#F0B13C', sign: '#1C2127', rim: '#8F5C00' },
  paused: { ink: '#61508A' },
  error: { ink: '#9C1C31', sign: '#FFFFFF' },
}
const onDark: Record<NodeState, Paint> = {
  starting: { ink: '#D2D8DE' },
  online: { ink: '#52C79C' },
  alone: { ink: '#D2D8DE' },
  attention: { ink: '#F0B44A', sign: '#12161B' },
  paused: { ink: '#BBABE8' },
  error: { ink: '#FF8795', sign: '#12161B' },
}

/** What Electron looks for beside an image of 16 px, by the screen's scale. */
const scales = { '': 16, '@1.25x': 20, '@1.5x': 24, '@2x': 32, '@2.5x': 40, '@3x': 48, '@4x': 64 }

/** Every icon of the program, named by the node's state. */
export function iconList(): Icon[] {
  const app: Icon = { source: 'icon.svg', svg: appIcon, images: [{ path: 'icon.png', size: 512 }] }
  return [
    app,
    ...nodeState.options.flatMap((state) => [
      template(state),
      colour('color-on-light', state, onLight),
      colour('color-on-dark', state, onDark),
    ]),
  ]
}

/** macOS takes black images whose names end in Template and paints them itself. */
function template(state: NodeState): Icon {
  const base = `tray/mono/${state}`
  const images = [
    { path: `${base}Template.png`, size: 16 },
    { path: `${base}Template@2x.png`, size: 32 },
  ]
  return { source: `${base}.svg`, svg: drawHouse(state, { ink: '#000' }), images }
}

/** Windows takes 16 px and its scales, Linux panels 24 px and twice that. */
function colour(set: string, state: NodeState, paints: Record<NodeState, Paint>): Icon {
  const base = `tray/${set}/${state}`
  const images = Object.entries(scales).map(([scale, size]) => ({ path: `${base}${scale}.png`, size }))
  const linux = [
    { path: `${base}-24.png`, size: 24 },
    { path: `${base}-24@2x.png`, size: 48 },
  ]
  return { source: `${base}.svg`, svg: drawHouse(state, paints[state]), images: [...images, ...linux] }
}
