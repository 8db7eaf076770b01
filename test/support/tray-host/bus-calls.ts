import { Message, type MessageBus, type Variant } from '@jellybrick/dbus-next'

/** One object of another program on the bus. */
export interface Place {
  /** Its name on the bus. */
  name: string
  path: string
}

/** A call and its answer; rejects with what the other program says. */
export async function callMethod(
  bus: MessageBus,
  { name, path }: Place,
  call: { interface: string; member: string; signature?: string; body?: unknown[] },
): Promise<unknown[]> {
  const reply = await bus.call(new Message({ destination: name, path, signature: '', body: [], ...call }))
  return reply?.body ?? []
}

/** All properties of one interface, unwrapped. */
export async function propertiesOf(bus: MessageBus, place: Place, name: string): Promise<Record<string, unknown>> {
  const [all] = await callMethod(bus, place, {
    interface: 'org.freedesktop.DBus.Properties',
    member: 'GetAll',
    signature: 's',
    body: [name],
  })
  return unwrapped(all as Record<string, Variant>)
}

export const unwrapped = (values: Record<string, Variant>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([key, variant]) => [key, variant.value]))

/** Whether somebody on the bus has that name. */
export async function hasOwner(bus: MessageBus, name: string): Promise<boolean> {
  const daemon = { name: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus' }
  const [owned] = await callMethod(bus, daemon, { interface: daemon.name, member: 'NameHasOwner', signature: 's', body: [name] })
  return owned === true
}
