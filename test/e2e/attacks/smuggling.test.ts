import type { Socket } from 'node:net'
import { connect as connectPlain } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { headerOf, statusOf, talk } from '../routing/raw-client.ts'
import { type RecordingService, startRecordingService } from '../routing/recording-service.ts'
import { type ServingMesh, startServingMesh } from '../routing/serving-mesh.ts'
import { createAttackers } from './attacker.ts'
import { invite } from './invitation.ts'
import { createOutsider, type Outsider } from './outsider.ts'
import { corpus } from './smuggling-corpus.ts'

/** A way in: a program at its own node, or a member at the node that serves. */
interface Door {
  open: () => Socket
  base: string
  host: string
}

let mesh: ServingMesh
let service: RecordingService
let member: Outsider
let doors: Record<'a program at its own node' | 'a member at another node', Door>

beforeAll(async () => {
  ;[mesh, service] = await Promise.all([startServingMesh(), startRecordingService()])
  await mesh.share('recorder', [service.port])
  const [attic] = mesh.serving
  if (attic === undefined) throw new Error('No node serves.')
  // it comes in where the invite was made, and shows its record at the other node
  let entrance = mesh.caller
  member = await createOutsider(createAttackers(() => entrance)())
  const proof = await member.enter((await invite(mesh.caller)).secret)
  entrance = attic
  await member.introduce(await member.record(proof))
  doors = {
    'a program at its own node': {
      open: () => connectPlain(mesh.caller.port, '127.0.0.1'),
      base: '/services/any/attic/recorder',
      host: `127.0.0.1:${mesh.caller.port}`,
    },
    'a member at another node': {
      open: () => connectTls({ port: attic.port, host: '127.0.0.1', rejectUnauthorized: false, ...member.tls }),
      base: `/peer/v1/services/${mesh.mesh}/recorder`,
      host: 'node',
    },
  }
})
afterAll(async () => {
  await mesh?.stop()
  await service?.stop()
})

describe.each(['a program at its own node', 'a member at another node'] as const)(
  'a request that two programs may read in two ways, from %s',
  (who) => {
    it.each(corpus.map((attempt) => [attempt.name, attempt] as const))('%s', async (_name, { bytes, fate }) => {
      const door = doors[who]
      const before = { requests: service.requests.length, complaints: service.complaints.length }
      const get = (path: string) => `GET ${door.base}${path} HTTP/1.1\r\nHost: ${door.host}\r\n\r\n`

      const first = await talk(
        door.open(),
        bytes(door) + (fate === 'clean' ? get('/next') : ''),
        fate === 'clean' ? ['POST', 'GET'] : ['POST'],
      )
      const probe = await talk(door.open(), get('/probe'), ['GET'])

      const heard = service.requests.slice(before.requests).map(({ line }) => line)
      expect(service.complaints.slice(before.complaints)).toEqual([])
      expect(heard.filter((line) => line.includes('/smuggled'))).toEqual([])
      const statuses = first.answers.map(statusOf)
      if (fate === 'refused') {
        expect(statuses.filter((status) => status < 400)).toEqual([]) // none at all: cut off
        expect(first.closed).toBe(true)
      }
      if (fate === 'clean') {
        expect(statuses).toEqual([200, 200])
        expect(first.answers[1]?.body).toBe(JSON.stringify({ target: '/next', body: '' }))
      }
      // whoever comes next, on a connection that the node kept, is answered what it asked
      expect(probe.answers.map(({ body }) => body)).toEqual([JSON.stringify({ target: '/probe', body: '' })])
    })
  },
)

describe('what a request says about its connection', () => {
  it('is not passed on, nor what Connection names', () => {
    const sent = service.requests.filter(({ line }) => line.includes('/case'))
    expect(sent.length).toBeGreaterThan(0)
    for (const request of sent) {
      expect(headerOf(request, 'x-mine')).toBeUndefined()
      expect(headerOf(request, 'host')).toBe(`127.0.0.1:${service.port}`)
    }
  })

  it('does not take the length of a body from it', () => {
    const posts = service.requests.filter(({ line }) => line.startsWith('POST'))
    expect(posts.filter(({ body }) => !['hello', '0\r\n\r\n'].includes(body))).toEqual([])
  })
})
