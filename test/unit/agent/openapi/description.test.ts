import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls } from '../../../../electron/contract/calls.ts'
import { createIdleEdge, type IdleEdge } from '../../../fakes/idle-edge.ts'
import { createAnswerCheck } from '../../../support/answer-check.ts'
import { type ApiDescription, operationsIn } from '../../../support/api-description.ts'

let edge: IdleEdge
let text: string
let document: ApiDescription
let operations: ReturnType<typeof operationsIn>

beforeAll(async () => {
  edge = await createIdleEdge()
  text = (await edge.apps.plain.inject({ url: '/openapi.json', headers: { host: 'localhost:0' } })).body
  document = JSON.parse(text) as ApiDescription
  operations = operationsIn(document)
})
afterAll(() => edge.close())

/** Routes that are there to refuse, so that no endpoint is behind them. */
const refusing = new Set(['/api/*', '/local/*'])
/** What OpenAPI 3.1 has no word for. */
const isDescribable = (method: string) => /^(?:GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE)$/u.test(method)

/** Every route of the real tables; HEAD only where it is not what Fastify adds to a GET. */
function served(): string[] {
  const { plain, peer } = edge.routes
  return [...plain, ...peer].filter((route) => {
    const [method = '', pattern = ''] = route.split(' ')
    return isDescribable(method) && !refusing.has(pattern) && (method !== 'HEAD' || /^\/.+\/\*$/u.test(pattern))
  })
}

/** The route that a described address stands for: parts below a `*` have names in the description. */
function routeOf(path: string): string {
  const catchAll = served()
    .map((route) => route.split(' ')[1] ?? '')
    .find((pattern) => pattern.length > 2 && pattern.endsWith('*') && path.startsWith(pattern.slice(0, -1)))
  return catchAll ?? (path === '/{file}' ? '/*' : path.replaceAll(/\{(\w+)\}/gu, ':$1'))
}

describe('the description of the API', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    expect(await validator.validate(JSON.parse(text) as Record<string, unknown>)).toEqual({ valid: true })
    expect(validator.version).toBe('3.1')
  })

  it('has every route of both sides, and none that is not there', () => {
    expect(operations.map(({ path, method }) => `${method} ${routeOf(path)}`).toSorted()).toEqual(served().toSorted())
    expect(operations.length).toBeGreaterThan(80)
  })

  it('has a call of the contract for each that there is', () => {
    const local = operations.filter(({ path, method }) => method === 'POST' && path.startsWith('/local/v1/'))
    expect(local.map(({ path }) => path.slice('/local/v1/'.length)).toSorted()).toEqual(Object.keys(calls).toSorted())
  })

  it('names each operation once, in one line, under a tag that is explained', () => {
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
    const tags = document.tags.map(({ name }) => name)
    for (const { tags: own, summary } of operations) {
      expect(tags).toEqual(expect.arrayContaining(own))
      expect(summary).toMatch(/^[^\n]{5,200}$/u)
    }
  })

  it('has a parameter for each part of an address, and no part twice', () => {
    for (const { path, parameters = [] } of operations) {
      const parts = Array.from(path.matchAll(/\{(\w+)\}/gu), (match) => match[1])
      expect(parameters.filter((each) => each.in === 'path').map(({ name }) => name)).toEqual(parts)
    }
  })

  it('says for each operation how it is used and how it fails, and needs no key only where that is meant', () => {
    for (const { responses, operationId } of operations) {
      const statuses = Object.keys(responses)
      expect(
        statuses.some((status) => !/^[45]/u.test(status)),
        operationId,
      ).toBe(true)
      expect(statuses, operationId).toEqual(expect.arrayContaining(['400', '429', '500']))
    }
    const open = operations.filter(({ security }) => security.every((each) => Object.keys(each).length === 0))
    expect(open.map(({ operationId }) => operationId).toSorted()).toEqual(['health', 'openPage', 'proof'])
  })

  it('refers to nothing that it does not hold, and holds nothing that is not referred to', () => {
    const referred = Array.from(
      text.matchAll(/"\$ref":"#\/components\/(schemas|responses)\/([\w.]+)"/gu),
      (match) => `${match[1]} ${match[2]}`,
    )
    const { schemas, responses } = document.components
    const held = [...Object.keys(schemas).map((name) => `schemas ${name}`), ...Object.keys(responses).map((name) => `responses ${name}`)]
    expect(new Set(referred)).toEqual(new Set(held))
    expect(text).not.toContain('#/$defs')
  })

  it('holds no secret of the node', () => {
    expect(text).not.toContain(edge.parts.apiKey.current())
  })
})

describe('an answer that is not as described', () => {
  const headers = { 'content-type': 'application/json; charset=utf-8' }
  const good = { status: 'ok', node: 'attic', timestamp: '2026-01-01T00:00:00Z' }
  const problems = (status: number, body: unknown, type = headers) =>
    createAnswerCheck(document).problems('GET', '/api/health', { status, headers: type, body: JSON.stringify(body) })

  it('is told from one that is', () => {
    expect(problems(200, good)).toEqual([])
    expect(problems(200, { ...good, secret: 1 })).toHaveLength(1)
    expect(problems(200, { ...good, node: 7 })).toHaveLength(1)
    expect(problems(200, { status: 'ok' })).toHaveLength(2)
    expect(problems(418, good)).toHaveLength(1)
    expect(problems(500, { code: 'internal', message: 'x' })).not.toEqual([])
    expect(problems(200, good, { 'content-type': 'text/html' })).toHaveLength(1)
    expect(createAnswerCheck(document).problems('PUT', '/api/health', { status: 200, headers, body: '{}' })).toHaveLength(1)
  })

  it('has a code that the operation may fail with', () => {
    const failed = (code: string) =>
      createAnswerCheck(document).problems('POST', '/local/v1/node.get', {
        status: 404,
        headers,
        body: JSON.stringify({ error: { code, message: 'x' } }),
      })
    expect(failed('not_found')).toEqual([])
    expect(failed('forbidden')).not.toEqual([])
  })
})

describe('who gets the description', () => {
  it.each([
    ['a program on this machine, without a key', 'localhost:0', true, 200],
    ['a page that points its name at loopback', 'evil.example:0', true, 401],
    ['another machine, without a key', 'localhost:0', false, 401],
  ])('%s', async (_who, host, loopback, status) => {
    edge.comeFrom({ kind: 'plain', address: loopback ? '127.0.0.1' : '192.168.1.77', loopback })
    expect((await edge.apps.plain.inject({ url: '/openapi.json', headers: { host } })).statusCode).toBe(status)
  })
})
