/**
 * A panel without a screen: the StatusNotifierWatcher and host of a Linux desktop, by which a test sees the trays of real
 * programs as a person would, and clicks them. Like a real one it can be absent, come late, and go and come back.
 */
import { once } from 'node:events'
import { Message, type MessageBus, sessionBus, Variant } from '@jellybrick/dbus-next'
import { callMethod, hasOwner, type Place, propertiesOf } from './bus-calls.ts'
import { clickEntry, type MenuEntry, readMenu } from './tray-menu.ts'

const watcher = 'org.kde.StatusNotifierWatcher'
const watcherPath = '/StatusNotifierWatcher'
/** Longest wait for the bus, ms. */
const connectLimit = 10_000
const itemInterface = 'org.kde.StatusNotifierItem'

/** A tray's icon as the panel knows it. */
export interface TrayItem {
  place: Place
  id: string
  title: string
  status: string
  tooltip: string
  /** Name of an icon of the theme, or path of a file; empty when it is sent as pixels. */
  iconName: string
  /** Sizes in which its pixels came. */
  pixels: { width: number; height: number }[]
  /** A click opens the menu. */
  isMenu: boolean
  menuPath: string | null
}

export interface TrayHost {
  /** Icons of programs that run, in the order in which they came. */
  items(): Promise<TrayItem[]>
  menu(item: TrayItem): Promise<MenuEntry[]>
  /** By the labels from the menu down; rejects when there is no such entry. */
  choose(item: TrayItem, ...labels: string[]): Promise<void>
  /** The left button. */
  click(item: TrayItem): Promise<void>
  /** The panel ends, as when it is restarted; items have to come anew when it is back. */
  leave(): Promise<void>
  arrive(): Promise<void>
  stop(): Promise<void>
}

/** A panel on that bus; `present: false` for one that comes later. */
export async function startTrayHost(address: string, { present = true }: { present?: boolean } = {}): Promise<TrayHost> {
  const bus = sessionBus({ busAddress: address })
  // with a limit, and not heeding its "error", which its types do not have
  await once(bus, 'connect', { signal: AbortSignal.timeout(connectLimit) })
  let places: Place[] = []
  bus.addMethodHandler((message) => answer(bus, message, { places: () => places, add: (place) => (places = withPlace(places, place)) }))

  const begin = async () => {
    await bus.requestName(watcher, 0)
    bus.send(Message.newSignal(watcherPath, watcher, 'StatusNotifierHostRegistered'))
  }
  if (present) await begin()
  const menuPlace = (item: TrayItem): Place => ({ name: item.place.name, path: item.menuPath ?? '/' })

  return {
    async items() {
      const alive = await Promise.all(places.map(({ name }) => hasOwner(bus, name)))
      places = places.filter((_place, index) => alive[index])
      return Promise.all(places.map((place) => readItem(bus, place)))
    },
    menu: (item) => readMenu(bus, menuPlace(item)),
    async choose(item, ...labels) {
      const path = labels.reduce<{ entries: MenuEntry[]; id: number }>(
        (found, label) => {
          const next = found.entries.find((entry) => entry.label === label)
          if (!next)
            throw new Error(`There is no "${label}" in the menu, but ${found.entries.map((entry) => `"${entry.label}"`).join(', ')}.`)
          return next
        },
        { entries: await readMenu(bus, menuPlace(item)), id: 0 },
      )
      await clickEntry(bus, menuPlace(item), path.id)
    },
    click: async ({ place }) =>
      void (await callMethod(bus, place, { interface: itemInterface, member: 'Activate', signature: 'ii', body: [0, 0] })),
    async leave() {
      places = []
      await bus.releaseName(watcher)
    },
    arrive: begin,
    stop: async () => bus.disconnect(),
  }
}

const withPlace = (places: Place[], place: Place) =>
  places.some(({ name, path }) => name === place.name && path === place.path) ? places : [...places, place]

interface Registry {
  places(): Place[]
  add(place: Place): void
}

/** Answers what programs ask a watcher; false leaves the message to others. */
function answer(bus: MessageBus, message: Message, registry: Registry): boolean {
  if (message.path !== watcherPath) return false
  const reply = (signature: string, body: unknown[]) => {
    bus.send(Message.newMethodReturn(message, signature, body))
    return true
  }
  switch (`${message.interface}.${message.member}`) {
    case `${watcher}.RegisterStatusNotifierItem`: {
      const place = placeOf(String(message.body[0]), message.sender)
      registry.add(place)
      bus.send(Message.newSignal(watcherPath, watcher, 'StatusNotifierItemRegistered', 's', [place.name + place.path]))
      return reply('', [])
    }
    case `${watcher}.RegisterStatusNotifierHost`:
      return reply('', [])
    case 'org.freedesktop.DBus.Properties.Get':
      return reply('v', [propertiesFor(registry)[String(message.body[1])] ?? new Variant('s', '')])
    case 'org.freedesktop.DBus.Properties.GetAll':
      return reply('a{sv}', [propertiesFor(registry)])
    default:
      return false
  }
}

/** Programs name themselves by their name on the bus (KDE's way) or by a path of theirs (Ayatana's). */
const placeOf = (given: string, sender: string): Place =>
  given.startsWith('/') ? { name: sender, path: given } : { name: given, path: '/StatusNotifierItem' }

const propertiesFor = ({ places }: Registry): Record<string, Variant> => ({
  RegisteredStatusNotifierItems: new Variant(
    'as',
    places().map(({ name, path }) => name + path),
  ),
  IsStatusNotifierHostRegistered: new Variant('b', true),
  ProtocolVersion: new Variant('i', 0),
})

async function readItem(bus: MessageBus, place: Place): Promise<TrayItem> {
  const { Id, Title, Status, ToolTip, IconName, IconPixmap, ItemIsMenu, Menu } = await propertiesOf(bus, place, itemInterface)
  const pixmaps = (Array.isArray(IconPixmap) ? IconPixmap : []) as [number, number, Uint8Array][]
  return {
    place,
    id: text(Id),
    title: text(Title),
    status: text(Status),
    tooltip: Array.isArray(ToolTip) ? text(ToolTip[2]) : '',
    iconName: text(IconName),
    pixels: pixmaps.map(([width, height]) => ({ width, height })),
    isMenu: ItemIsMenu === true,
    menuPath: typeof Menu === 'string' && Menu !== '/' ? Menu : null,
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')
