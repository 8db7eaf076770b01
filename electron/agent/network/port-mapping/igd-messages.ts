/** What is said to an Internet Gateway Device, and how its answers are read. Pure. */
import { RouterRefusal } from './port-mapper.ts'
import { routerUrl } from './ssdp.ts'
import { elementsOf, escaped, readXml, textOf, type XmlElement } from './xml-text.ts'

/** Errors of UPnP that mean something here. */
export const upnpError = { conflict: 718, onlyPermanentLeases: 725 } as const

/** Services that map ports, with the arguments that all of them share. */
const mappingServices = /^urn:schemas-upnp-org:service:WAN(?:IP|PPP)Connection:[12]$/u
/** Services looked at in one description. */
const maxServices = 4
/** Longest word of a router that is passed on, characters. */
const maxWords = 160

export interface IgdService {
  type: string
  /** Where its actions are carried out: on the router itself. */
  control: URL
}

/** Services of a description that lies at `location`; those that lead to another machine than `gateway` are left out. */
export function readServices(description: string, { location, gateway }: { location: URL; gateway: string }): IgdService[] {
  return elementsOf(readXml(description), 'service')
    .flatMap((service) => {
      const type = textOf(service, 'serviceType') ?? ''
      const control = routerUrl(textOf(service, 'controlURL') ?? '', gateway, location)
      return mappingServices.test(type) && control !== null ? [{ type, control }] : []
    })
    .slice(0, maxServices)
}

/** The HTTP request that carries out an action. */
export function soapRequest(type: string, action: string, args: readonly (readonly [string, string | number])[]) {
  const inside = args.map(([name, value]) => `<${name}>${escaped(String(value))}</${name}>`).join('')
  return {
    method: 'POST' as const,
    headers: { 'Content-Type': 'text/xml; charset="utf-8"', SOAPAction: `"${type}#${action}"` },
    body:
      '<?xml version="1.0"?>\r\n<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" ' +
      's:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body>' +
      `<u:${action} xmlns:u="${type}">${inside}</u:${action}></s:Body></s:Envelope>\r\n`,
  }
}

/** What an answer that is no success says. */
export function faultOf(document: XmlElement, status: number): RouterRefusal {
  const code = Number(textOf(document, 'errorCode') ?? Number.NaN)
  const words = (textOf(document, 'errorDescription') ?? '').replace(/[^\x20-\x7e]/gu, '').slice(0, maxWords)
  const error = Number.isInteger(code) ? `UPnP error ${code}${words === '' ? '' : `, ${words}`}` : `HTTP status ${status}`
  return new RouterRefusal('refused', `It says no (${error}).`, Number.isInteger(code) ? code : null)
}
