import { type MessageBus, Variant } from '@jellybrick/dbus-next'
import { callMethod, type Place, unwrapped } from './bus-calls.ts'

/** An entry of a tray's menu as a panel would draw it. Underscores that mark a key are taken out. */
export interface MenuEntry {
  id: number
  label: string
  kind: 'separator' | 'standard'
  enabled: boolean
  /** Null when there is nothing to tick. */
  ticked: boolean | null
  entries: MenuEntry[]
}

/** `(ia{sv}av)`: id, properties, children. */
type Layout = [id: number, properties: Record<string, Variant>, children: Variant[]]

const menuInterface = 'com.canonical.dbusmenu'

/** The whole menu, as it is now. */
export async function readMenu(bus: MessageBus, place: Place): Promise<MenuEntry[]> {
  await callMethod(bus, place, { interface: menuInterface, member: 'AboutToShow', signature: 'i', body: [0] })
  const [, root] = await callMethod(bus, place, { interface: menuInterface, member: 'GetLayout', signature: 'iias', body: [0, -1, []] })
  return entriesOf(root as Layout)
}

/** What a panel says when a person clicks an entry. */
export async function clickEntry(bus: MessageBus, place: Place, id: number): Promise<void> {
  const body = [id, 'clicked', new Variant('i', 0), 0]
  await callMethod(bus, place, { interface: menuInterface, member: 'Event', signature: 'isvu', body })
}

const entriesOf = ([, , children]: Layout): MenuEntry[] =>
  children.map(({ value }) => entryOf(value as Layout)).filter((entry) => entry !== null)

function entryOf(layout: Layout): MenuEntry | null {
  const [id, properties] = layout
  const { type, label, enabled, visible, 'toggle-type': toggle, 'toggle-state': state } = unwrapped(properties)
  if (visible === false) return null
  return {
    id,
    label: typeof label === 'string' ? label.replaceAll(/_(.)/gsu, '$1') : '',
    kind: type === 'separator' ? 'separator' : 'standard',
    enabled: enabled !== false,
    ticked: toggle === undefined || toggle === '' ? null : state === 1,
    entries: entriesOf(layout),
  }
}
