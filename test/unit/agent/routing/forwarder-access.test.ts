import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { echo, send, startHousehold } from '../../../fakes/household.ts'
import { meshId, nodeA, nodeB, nodeC } from '../../../fakes/router-node.ts'
import { soon } from '../../../support/soon.ts'

describe('who may ask', () => {
  it('a page from elsewhere, another Host and a stranger are refused', async () => {
    const { box, b } = await startHousehold(echo)
    expect((await send(box, { headers: { host: 'evil.example' } })).status).toBe(403)
    expect((await send(box, { headers: { origin: 'https://evil.example' } })).status).toBe(403)
    expect((await send(box, { headers: { origin: 'null' } })).status).toBe(403)
    expect((await send(box, { headers: { origin: 'http://localhost:5173' } })).status).toBe(200)
    const path = `${b.peerUrl}/peer/v1/services/${meshId}/box/`
    const stranger = await send(path, { headers: { 'x-test-caller': nodeC } })
    expect(stranger.status).toBe(403)
    expect(JSON.parse(stranger.text)).toMatchObject({ code: 'not_member' })
    expect((await send(path.replace(meshId, nodeC), { headers: { 'x-test-caller': nodeA } })).status).toBe(403)
  })

  it('a service’s own claims about nodes do not get through', async () => {
    const { box } = await startHousehold((_request, response) =>
      response.writeHead(200, { 'x-fcn-node': nodeC, 'x-fcn-error': 'loop' }).end(),
    )
    const { headers } = await send(box, { headers: { 'x-fcn-caller': nodeC } })
    expect(headers['x-fcn-node']).toBe(nodeB)
    expect(headers).not.toHaveProperty('x-fcn-error')
  })

  it('ambiguous framing never reaches a service', async () => {
    let requests = 0
    const { a } = await startHousehold((_request, response) => {
      requests++
      response.end()
    })
    const framings = [
      'Content-Length: 5\r\nContent-Length: 6',
      'Content-Length: 5\r\nTransfer-Encoding: chunked',
      'Transfer-Encoding: chunked, identity',
      'Transfer-Encoding: \x0bchunked',
      'Content-Length: +5',
      'Content-Length : 5',
    ]
    for (const framing of framings) {
      const socket = connect(Number(new URL(a.url).port), '127.0.0.1')
      socket.write(`POST /services/Home/mini/box/ HTTP/1.1\r\nHost: localhost\r\n${framing}\r\n\r\nhello`)
      const [chunk] = (await soon(once(socket, 'data'))) as [Buffer]
      expect(framing + chunk.toString('latin1', 0, 13)).toBe(`${framing}HTTP/1.1 400 `)
      socket.destroy()
    }
    expect(requests).toBe(0)
  })
})
