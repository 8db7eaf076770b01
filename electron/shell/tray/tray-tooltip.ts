import type { Snapshot } from '../../contract/snapshot.ts'
import { stateSentence } from './tray-status.ts'

/** Windows cuts tooltips at 127 characters. */
const longest = 127

/** "Free Compute Node: online, 7 of 9 members"; "Free Compute Node: paused until 10:30, 49 min left". Null: it starts. */
export function trayTooltip(snapshot: Snapshot | null, now: number): string {
  const state = snapshot === null ? 'Starting' : stateSentence(snapshot, now)
  const members = snapshot?.node.state === 'online' ? memberCount(snapshot) : ''
  const text = `Free Compute Node: ${state.charAt(0).toLowerCase()}${state.slice(1)}${members}`
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`
}

function memberCount({ meshes }: Snapshot): string {
  const all = Object.values(meshes)
  if (all.length === 0) return ''
  const sum = (count: (mesh: (typeof all)[number]) => number) => all.reduce((total, mesh) => total + count(mesh), 0)
  return `, ${sum((mesh) => mesh.online)} of ${sum((mesh) => mesh.members)} members`
}
