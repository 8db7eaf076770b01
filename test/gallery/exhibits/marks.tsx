/** Drawings: the house, states, paths, machines, capabilities. */
import { capabilityNames } from '../../../electron/contract/capability.ts'
import type { NodeState } from '../../../electron/contract/snapshot.ts'
import { AppLogo } from '../../../renderer/ui/app-logo.tsx'
import { Dusk } from '../../../renderer/ui/dusk.tsx'
import { CapabilityIcon, MachineIcon } from '../../../renderer/ui/glyph.tsx'
import { houseDrawings } from '../../../renderer/ui/house-drawing.ts'
import { HouseMark } from '../../../renderer/ui/house-mark.tsx'
import { HubMark } from '../../../renderer/ui/hub-mark.tsx'
import { type Path, PathMark } from '../../../renderer/ui/path-mark.tsx'
import { type Mark, StateMark, StateWord } from '../../../renderer/ui/state-mark.tsx'
import { drawn, type Exhibit } from '../exhibit.ts'

const sizes = [12, 16, 22, 48]
const states = Object.keys(houseDrawings) as NodeState[]
const marks: readonly Mark[] = [
  'online',
  'checking',
  'reconnecting',
  'offline',
  'left',
  'removed',
  'waiting',
  'paused',
  'problem',
  'off',
  'legacy',
  'running',
]
const paths: readonly Path[] = ['direct', 'relayed', 'none', 'local']
const machines = ['Ubuntu 26.04', 'Raspberry Pi OS 13', 'Synology DSM 8', 'macOS 27', null]

const row = { display: 'flex', gap: 16, alignItems: 'center' } as const

export const markExhibits: Exhibit[] = [
  {
    id: 'house',
    title: 'The house',
    kind: 'sheet',
    states: drawn({
      ...Object.fromEntries(
        states.map((state) => [
          state,
          () => (
            <div style={row}>
              {sizes.map((size) => (
                <HouseMark key={size} state={state} size={size} />
              ))}
              <span>{state}</span>
            </div>
          ),
        ]),
      ),
      dusk: () => (
        <div style={{ inlineSize: 300, background: 'var(--fcn-dusk)' }}>
          <Dusk />
        </div>
      ),
      logo: () => (
        <div style={row}>
          {sizes.map((size) => (
            <AppLogo key={size} size={size} />
          ))}
        </div>
      ),
    }),
  },
  {
    id: 'state-marks',
    title: 'Marks of states',
    kind: 'sheet',
    states: drawn(
      Object.fromEntries(
        marks.map((mark) => [
          mark,
          () => (
            <div style={row}>
              {sizes.map((size) => (
                <StateMark key={size} mark={mark} size={size} />
              ))}
              <StateWord mark={mark}>{mark}</StateWord>
            </div>
          ),
        ]),
      ),
    ),
  },
  {
    id: 'path-marks',
    title: 'Marks of paths',
    kind: 'sheet',
    states: drawn({
      ...Object.fromEntries(
        paths.map((path) => [
          path,
          () => (
            <div style={row}>
              <PathMark path={path} />
              <PathMark path={path} size={44} />
              <span>{path}</span>
            </div>
          ),
        ]),
      ),
      hub: () => <HubMark />,
    }),
  },
  {
    id: 'glyphs',
    title: 'Capabilities and machines',
    kind: 'sheet',
    states: drawn({
      capabilities: () => (
        <div style={row}>
          {[...capabilityNames, 'something else'].map((name) => (
            <span key={name} style={row}>
              <CapabilityIcon name={name} size={20} /> {name}
            </span>
          ))}
        </div>
      ),
      machines: () => (
        <div style={row}>
          {machines.map((os) => (
            <span key={os} style={row}>
              <MachineIcon os={os} size={20} /> {os ?? 'unknown'}
            </span>
          ))}
          <MachineIcon os={null} legacy size={20} /> legacy
        </div>
      ),
    }),
  },
]
