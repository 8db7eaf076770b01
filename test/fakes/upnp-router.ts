import { createSocket, type RemoteInfo } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A router on loopback that speaks UPnP (SSDP and SOAP), and misbehaves as it is told. */
export interface UpnpRouter extends AsyncDisposable {
  /** Where it hears SSDP. */
  readonly port: number
  /** Where its descriptions lie. */
  readonly origin: string
  /** Port outside → where it leads and for how long, s. */
  readonly mapped: Map<number, { target: string; lifetime: number }>
  /** HTTP requests heard: method and path, or the action. */
  readonly asked: string[]
  address: string
  /** `LOCATION` of its answers. */
  location: string
  /** What it says before that answer, as other machines would. */
  nonsense: string[]
  /** Called with each question on SSDP, before it is answered. */
  onQuestion: (from: RemoteInfo) => void
  /** Path or address of the control URL in its description. */
  control: string
  version: 1 | 2
  /** Knows no mapping that ends by itself. */
  onlyPermanent: boolean
  /** Answers a request in place of the router; false: the router does. */
  instead: (request: IncomingMessage, response: ServerResponse) => boolean
}

export async function openUpnpRouter(): Promise<UpnpRouter> {
  const ssdp = createSocket('udp4')
  ssdp.bind(0, '127.0.0.1')
  const web = createServer((request, response) => void answer(router, request, response))
  web.listen(0, '127.0.0.1')
  await Promise.all([once(ssdp, 'listening'), once(web, 'listening')])
  const origin = `http://127.0.0.1:${(web.address() as AddressInfo).port}`
  const router: UpnpRouter = {
    ...{ port: ssdp.address().port, origin, mapped: new Map(), asked: [], address: '11.22.33.1', location: `${origin}/desc.xml` },
    ...{ nonsense: [], control: '/ctl', version: 1, onlyPermanent: false, instead: () => false, onQuestion: () => undefined },
    async [Symbol.asyncDispose]() {
      ssdp.close()
      web.closeAllConnections()
      web.close()
      await once(web, 'close')
    },
  }
  ssdp.on('message', (question, from) => {
    const target = /^ST: (.+)$/mu.exec(question.toString())?.[1]?.trim() ?? ''
    if (!target.endsWith(`:${router.version}`)) return
    router.onQuestion(from)
    for (const packet of [...router.nonsense, ssdpAnswer(target, router.location)]) ssdp.send(packet, from.port, from.address)
  })
  return router
}

export const ssdpAnswer = (target: string, location: string) =>
  `HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=120\r\nST: ${target}\r\nUSN: uuid:1::${target}\r\nEXT:\r\nLOCATION: ${location}\r\n\r\n`

async function answer(router: UpnpRouter, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request)
  const action = /#(\w+)"/u.exec(String(request.headers['soapaction']))?.[1]
  router.asked.push(action ?? `${request.method} ${request.url}`)
  if (router.instead(request, response)) return
  if (request.url === '/desc.xml') response.end(description(router))
  else if (request.url !== '/ctl' || action === undefined) response.writeHead(404).end()
  else act(router, action, body, response)
}

const service = (router: UpnpRouter) => `urn:schemas-upnp-org:service:WANIPConnection:${router.version}`

const description = (router: UpnpRouter) => `<?xml version="1.0"?>
<root xmlns="urn:schemas-upnp-org:device-1-0"><!-- as cheap routers have it --><device><serviceList><service>
<serviceType>urn:schemas-upnp-org:service:Layer3Forwarding:1</serviceType><controlURL>/l3f</controlURL></service></serviceList>
<deviceList><device><deviceList><device><serviceList><service><serviceType>${service(router)}</serviceType>
<SCPDURL>/scpd.xml</SCPDURL><controlURL>${router.control}</controlURL></service></serviceList></device></deviceList></device></deviceList>
</device></root>`

function act(router: UpnpRouter, action: string, body: string, response: ServerResponse): void {
  const given = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`, 'u').exec(body)?.[1] ?? ''
  const outside = Number(given('NewExternalPort'))
  const done = (inside = '') => response.end(envelope(`<u:${action}Response xmlns:u="${service(router)}">${inside}</u:${action}Response>`))
  const refuse = (code: number, words: string) =>
    response
      .writeHead(500)
      .end(
        envelope(
          `<s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring><detail><UPnPError xmlns="urn:schemas-upnp-org:control-1-0">` +
            `<errorCode>${code}</errorCode><errorDescription>${words}</errorDescription></UPnPError></detail></s:Fault>`,
        ),
      )
  switch (action) {
    case 'GetExternalIPAddress':
      return void done(`<NewExternalIPAddress>${router.address}</NewExternalIPAddress>`)
    case 'AddPortMapping': {
      const target = `${given('NewInternalClient')}:${given('NewInternalPort')}`
      const lifetime = Number(given('NewLeaseDuration'))
      if (router.onlyPermanent && lifetime > 0) return void refuse(725, 'OnlyPermanentLeasesSupported')
      if ((router.mapped.get(outside)?.target ?? target) !== target) return void refuse(718, 'ConflictInMappingEntry')
      router.mapped.set(outside, { target, lifetime })
      return void done()
    }
    case 'DeletePortMapping':
      return void (router.mapped.delete(outside) && given('NewProtocol') === 'TCP' ? done() : refuse(714, 'NoSuchEntryInArray'))
    default:
      return void refuse(401, 'Invalid Action')
  }
}

const envelope = (inside: string) =>
  `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${inside}</s:Body></s:Envelope>`
