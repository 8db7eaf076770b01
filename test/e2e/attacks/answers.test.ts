import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { processUse } from '../../bench/measure.ts'
import { headerOf, statusOf, talk } from '../routing/raw-client.ts'
import { type ScriptedService, startScriptedService } from '../routing/scripted-service.ts'
import { type ServingMesh, startServingMesh } from '../routing/serving-mesh.ts'
import { hostileAnswers } from './hostile-answers.ts'

const mebibyte = 2 ** 20
/** A service that never comes to its answer is cut off by then, ms. */
const patience = 10_000

let mesh: ServingMesh
let service: ScriptedService

beforeAll(async () => {
  ;[mesh, service] = await Promise.all([startServingMesh(), startScriptedService(hostileAnswers)])
  await mesh.share('hostile', [service.port])
})
afterAll(async () => {
  await mesh?.stop()
  await service?.stop()
})

const ask = (method: string, path: string) => `${method} /services/any/attic/hostile${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`
const open = () => connect(mesh.caller.port, '127.0.0.1')

describe('an answer that two programs may read in two ways', () => {
  it.each(hostileAnswers.map((script, index) => [script.name, index, script] as const))(
    '%s',
    async (_name, index, { method = 'GET', fate }) => {
      // what the strict reader of `talk` cannot read in one way fails the test
      const first = await talk(open(), ask(method, `/${index}`) + ask('GET', '/next'), [method, 'GET'], patience)
      // a connection that the program has spoiled may cost it one request, but gives nobody a wrong answer
      const probe = await talk(open(), ask('GET', '/probe'), ['GET'])
      const again = await talk(open(), ask('GET', '/probe'), ['GET'])

      const [answer, next] = first.answers
      if (typeof fate === 'object') {
        expect(answer && { status: statusOf(answer), body: answer.body }).toMatchObject(fate)
      }
      if (fate === 'refused') {
        expect(answer && statusOf(answer)).toBe(502)
        expect(answer && headerOf(answer, 'x-fcn-error')).toMatch(/^(?:bad_answer|backend_failed)$/u)
      }
      expect(JSON.stringify(first)).not.toContain('injected')
      // the next answer belongs to the next request, unless the connection was cut because the first has no end
      if (next === undefined) expect(first.closed).toBe(true)
      else expect(next.body).toBe('/next')
      const [probed] = probe.answers
      if (probed && headerOf(probed, 'x-fcn-error') === undefined) expect(probed.body).toBe('/probe')
      expect(again.answers.map(({ body }) => body)).toEqual(['/probe'])
    },
  )

  it('leaves both nodes running and small', () => {
    for (const { pid } of [mesh.caller, ...mesh.serving]) expect(processUse(pid).rss).toBeLessThan(400 * mebibyte)
  })
})
