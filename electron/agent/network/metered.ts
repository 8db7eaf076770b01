/** Whether this machine's connection to others is paid by volume. Pure; who is asked for it is in metered-watch.ts. */
import type { LocalInterface } from './local-interfaces.ts'
import { isLinkLocal } from './subnet.ts'

/** What NetworkManager knows of an interface. */
export interface ManagedInterface {
  name: string
  /** Null: it does not know either. */
  metered: boolean | null
  /** It leads out of the local network. */
  gateway: boolean
}

/** Modems and tethered phones, by the names that Linux, Android, macOS and Windows give them. */
const mobile = /^(?:wwan|wwp|ppp|rmnet|ccmni|usb\d|pdp_ip|cellular|mobile)/iu

/** For `nmcli -t -f …`: a modem is a device (`cdc-wdm0`) with an interface of another name (`wwan0`). */
export const nmcliFields = 'GENERAL.DEVICE,GENERAL.IP-IFACE,GENERAL.METERED,IP4.GATEWAY,IP6.GATEWAY'

/** Reads what `nmcli -t -f <nmcliFields> device show` prints: lines `FIELD:value`, devices parted by an empty line. */
export function readNmcli(text: string): ManagedInterface[] {
  return text.split(/\n\s*\n/u).flatMap((block) => {
    const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]))
    const given = (field: string) => {
      const value = fields.get(field)
      return value === undefined || value === '' || value === '--' ? null : value
    }
    const name = given('GENERAL.IP-IFACE') ?? given('GENERAL.DEVICE')
    if (name === null) return []
    const said = given('GENERAL.METERED') ?? 'unknown' // `yes (guessed)` counts as yes
    const metered = said.startsWith('yes') ? true : said.startsWith('no') ? false : null
    return [{ name, metered, gateway: given('IP4.GATEWAY') !== null || given('IP6.GATEWAY') !== null }]
  })
}

/**
 * Paid by volume when every connection in use is. In use are those that lead out of the local network where
 * NetworkManager knows them, else all with an address that others could know; a VPN is paid as what it runs over, so it
 * does not count. What NetworkManager does not know is judged by name.
 */
export function isMetered(interfaces: readonly LocalInterface[], managed: readonly ManagedInterface[]): boolean {
  const known = new Map(managed.map((each) => [each.name, each]))
  const usable = interfaces.filter(
    ({ name, kind, ignored, addresses }) =>
      !ignored && (kind !== 'vpn' || mobile.test(name)) && addresses.some(({ address }) => !isLinkLocal(address)),
  )
  const leadingOut = usable.filter(({ name }) => known.get(name)?.gateway)
  const inUse = leadingOut.length > 0 ? leadingOut : usable
  return inUse.length > 0 && inUse.every(({ name }) => known.get(name)?.metered ?? mobile.test(name))
}
