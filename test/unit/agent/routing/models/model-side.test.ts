import { once } from 'node:events'
import { type IncomingMessage, request as httpRequest, type RequestListener } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { FcnError } from '../../../../../electron/agent/errors.ts'
import { sendFailure } from '../../../../../electron/agent/support/failure-answer.ts'
import { echo, send } from '../../../../fakes/household.ts'
import { has, startModelMesh } from '../../../../fakes/model-mesh.ts'
import { nodeA, nodeB, nodeC } from '../../../../fakes/router-node.ts'
import { soon } from '../../../../support/soon.ts'

const chat = (model: string, more: object = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }], ...more }),
})

/** Answers with its name, as one document. */
const saying = (name: string): RequestListener => {
  return (request, response) => {
    request.resume().once('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ name })))
  }
}
const full: RequestListener = (request, response) => {
  request.resume()
  response.writeHead(503).end('full')
}
const breaking: RequestListener = (request) => void request.resume().once('end', () => request.socket.destroy())

describe('a request for a model', () => {
  it('goes to a node that has it, as the program wrote it, without its key and its name', async () => {
    const mesh = await startModelMesh({ [nodeB]: echo, [nodeC]: saying('cellar') })
    has(mesh, nodeB, 'a')
    has(mesh, nodeC, 'b')
    const body = '{ "model": "a",  "messages": [] , "odd": 1 }'
    const headers = {
      'content-type': 'application/json',
      authorization: 'Bearer sk-of-the-program',
      'user-agent': 'its name',
      cookie: 'c=1',
    }
    const answer = await send(`${mesh.url}/v1/chat/completions?api-version=1`, { method: 'POST', headers, body })
    expect(answer).toMatchObject({ status: 200, headers: { 'x-fcn-node': nodeB, 'x-fcn-path': 'direct' } })
    const seen = JSON.parse(answer.text) as { url: string; body: string; headers: Record<string, string> }
    expect(seen).toMatchObject({ url: '/v1/chat/completions', body })
    expect(seen.headers).toMatchObject({ 'content-type': 'application/json', 'content-length': String(body.length), 'x-fcn-caller': nodeA })
    for (const name of ['authorization', 'user-agent', 'cookie']) expect(seen.headers).not.toHaveProperty(name)
    expect(mesh.directory.looks).toBeGreaterThan(0)
  })

  it('goes to this node’s own engine, whether peers get it or not', async () => {
    const mesh = await startModelMesh({ [nodeB]: saying('attic') }, { own: saying('own') })
    has(mesh, nodeA, 'a', { tokensPerSecond: 50 })
    has(mesh, nodeB, 'a', { tokensPerSecond: 5 })
    expect(await send(`${mesh.url}/api/chat`, chat('a'))).toMatchObject({
      status: 200,
      text: '{"name":"own"}',
      headers: { 'x-fcn-path': 'local' },
    })
  })

  it('bears the name that the model has there when the program used another', async () => {
    const mesh = await startModelMesh({ [nodeB]: echo }, { aliases: { quick: ['gone', 'a:3b'] } })
    has(mesh, nodeB, 'a:3b')
    const { text: seen } = await send(`${mesh.url}/v1/chat/completions`, chat('quick', { temperature: 0.5 }))
    expect(JSON.parse((JSON.parse(seen) as { body: string }).body)).toMatchObject({ model: 'a:3b', temperature: 0.5 })
  })

  it.each([
    ['503', full],
    ['a broken connection', breaking],
  ])('is asked elsewhere after %s before the head of an answer, although it is a POST', async (_what, first) => {
    const mesh = await startModelMesh({ [nodeB]: first, [nodeC]: echo })
    has(mesh, nodeB, 'a', { tokensPerSecond: 90 })
    has(mesh, nodeC, 'a', { tokensPerSecond: 3 })
    const big = 'x'.repeat(3_000_000) // more than is kept of other requests
    const answer = await send(`${mesh.url}/v1/chat/completions`, chat('a', { big }))
    expect(answer).toMatchObject({ status: 200, headers: { 'x-fcn-node': nodeC } })
    expect((JSON.parse(answer.text) as { body: string }).body.length).toBeGreaterThan(3_000_000)
  })

  it('of an alias is for its second model when nobody can serve the first', async () => {
    const mesh = await startModelMesh({ [nodeB]: full, [nodeC]: echo }, { aliases: { quick: ['a', 'b'] } })
    has(mesh, nodeB, 'a')
    has(mesh, nodeC, 'b')
    const answer = await send(`${mesh.url}/v1/chat/completions`, chat('quick'))
    expect(JSON.parse((JSON.parse(answer.text) as { body: string }).body)).toMatchObject({ model: 'b' })
  })

  it('goes to one node after the other, or to the least loaded one, where the mesh’s policy says so', async () => {
    const asked = async (loadBalancing: 'round-robin' | 'least-loaded') => {
      const mesh = await startModelMesh({ [nodeB]: saying('attic'), [nodeC]: saying('cellar') }, { loadBalancing })
      has(mesh, nodeB, 'a', { tokensPerSecond: 500 }, { busyOfOthers: 1 })
      has(mesh, nodeC, 'a', { tokensPerSecond: 1 })
      const nodes: unknown[] = []
      for (let turn = 0; turn < 4; turn++) nodes.push((await send(`${mesh.url}/api/chat`, chat('a'))).headers['x-fcn-node'])
      return nodes
    }
    const turns = await asked('round-robin')
    expect(new Set(turns)).toEqual(new Set([nodeB, nodeC]))
    expect(turns.slice(2)).toEqual(turns.slice(0, 2))
    expect(await asked('least-loaded')).toEqual([nodeC, nodeC, nodeC, nodeC])
  })

  it('stays with the node that had the conversation before', async () => {
    const mesh = await startModelMesh({ [nodeB]: saying('attic'), [nodeC]: saying('cellar') })
    has(mesh, nodeB, 'a')
    has(mesh, nodeC, 'a')
    const first = await send(`${mesh.url}/v1/chat/completions`, chat('a'))
    for (let turn = 0; turn < 8; turn++) expect((await send(`${mesh.url}/v1/chat/completions`, chat('a'))).text).toBe(first.text)
  })

  it('is cancelled at the engine when the program leaves', async () => {
    let gone: () => void = () => {}
    const cancelled = new Promise<void>((resolve) => (gone = resolve))
    const mesh = await startModelMesh({
      [nodeB]: (request, response) => void request.resume().once('end', () => response.once('close', gone)),
    })
    has(mesh, nodeB, 'a')
    const request = httpRequest(`${mesh.url}/api/chat`, { method: 'POST', agent: false })
    request.on('error', () => undefined).end(chat('a').body)
    await soon(once(mesh.engines.get(nodeB)?.server ?? process, 'request'))
    request.destroy()
    expect(await soon(cancelled)).toBeUndefined()
  })

  const telling: RequestListener = (request, response) => {
    request.resume()
    response.writeHead(200, { 'content-type': 'text/event-stream', trailer: 'x-fcn-tokens' })
    response.write('data: 1\n\n')
    response.addTrailers({ 'x-fcn-tokens': '7 40' })
    response.end()
  }

  it('tells the tokens that a peer says it took, and does not show them to the program', async () => {
    const mesh = await startModelMesh({ [nodeB]: telling }, { inside: true })
    has(mesh, nodeB, 'a')
    const request = httpRequest(`${mesh.url}/v1/chat/completions`, { method: 'POST', agent: false }).end(chat('a').body)
    const [answer] = (await soon(once(request, 'response'))) as [IncomingMessage]
    expect(await text(answer)).toBe('data: 1\n\n')
    expect(answer.trailers).toEqual({})
    expect(mesh.counted).toEqual([{ node: nodeB, tokensIn: 7, tokensOut: 40 }])
  })

  it('does not believe the program behind a peer that it is the peer', async () => {
    const mesh = await startModelMesh({ [nodeB]: telling })
    has(mesh, nodeB, 'a')
    await send(`${mesh.url}/v1/chat/completions`, chat('a'))
    expect(mesh.counted).toEqual([])
  })
})

describe('a failure', () => {
  const failureOf = async (
    path: string,
    model: string,
    prepare: (mesh: Awaited<ReturnType<typeof startModelMesh>>) => void,
    engine = full,
  ) => {
    const mesh = await startModelMesh({ [nodeB]: engine })
    prepare(mesh)
    return send(mesh.url + path, chat(model, { max_tokens: 5 }))
  }

  it('is told in the dialect of the program: no such model', async () => {
    const nobody = () => {}
    const openAi = await failureOf('/v1/chat/completions', 'nothing', nobody)
    expect(openAi).toMatchObject({ status: 404, headers: { 'x-fcn-error': 'not_found' } })
    expect(JSON.parse(openAi.text)).toMatchObject({ error: { message: expect.stringContaining('nothing') as string } })
    const ollama = await failureOf('/api/chat', 'nothing', nobody)
    expect(JSON.parse(ollama.text)).toEqual({ error: expect.stringContaining('nothing') as string })
    const anthropic = await failureOf('/v1/messages', 'nothing', nobody)
    expect(JSON.parse(anthropic.text)).toMatchObject({ type: 'error', error: { type: 'not_found_error' } })
  })

  it('names where the model is and why it is not asked there', async () => {
    const answer = await failureOf('/api/chat', 'a', (mesh) => has(mesh, nodeB, 'a', {}, { whyNot: 'no_memory' }))
    expect(answer.status).toBe(503)
    expect(JSON.parse(answer.text)).toMatchObject({ error: expect.stringMatching(/“attic” has not enough free memory/u) as string })
  })

  it('of the last node that was asked is told in the dialect, too', async () => {
    const answer = await failureOf('/api/chat', 'a', (mesh) => has(mesh, nodeB, 'a'), breaking)
    expect(answer).toMatchObject({ status: 502, headers: { 'x-fcn-error': 'backend_failed' } })
    expect(JSON.parse(answer.text)).toEqual({ error: expect.any(String) as string })
  })

  it('that a peer tells is told on in the dialect, in the words of the peer', async () => {
    const refusing: RequestListener = (request, response) => {
      request.resume()
      const error = new FcnError('too_many', 'Enough for today.', { action: 'Come back tomorrow.' })
      sendFailure(response, error, { requestId: null, executed: false })
    }
    const mesh = await startModelMesh({ [nodeB]: refusing }, { inside: true })
    has(mesh, nodeB, 'a')
    const answer = await send(`${mesh.url}/api/chat`, chat('a'))
    expect(answer).toMatchObject({ status: 429, headers: { 'x-fcn-error': 'too_many' } })
    expect(JSON.parse(answer.text)).toEqual({ error: expect.stringContaining('Enough for today.') as string })
  })

  it('in the middle of a stream is the last event of it, without half of another', async () => {
    const mesh = await startModelMesh({
      [nodeB]: (request, response) => {
        request.resume()
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: {"a":1}\n\ndata: {"ha')
        setTimeout(() => response.destroy(), 30)
      },
    })
    has(mesh, nodeB, 'a')
    const { status, text: stream } = await send(`${mesh.url}/v1/chat/completions`, chat('a', { stream: true }))
    expect(status).toBe(200)
    expect(stream).toMatch(/^data: \{"a":1\}\n\ndata: \{"error":\{.*\}\}\n\n$/u)
  })

  it('comes at once when the node that works is known to be offline, or another one is asked', async () => {
    const hanging: RequestListener = (request) => void request.resume()
    const mesh = await startModelMesh({ [nodeB]: hanging, [nodeC]: saying('cellar') })
    has(mesh, nodeB, 'a', { tokensPerSecond: 90 })
    has(mesh, nodeC, 'a', { tokensPerSecond: 3 })
    const answer = send(`${mesh.url}/v1/chat/completions`, chat('a'))
    await soon(once(mesh.engines.get(nodeB)?.server ?? process, 'request'))
    const [attic] = mesh.members
    if (attic) attic.state = 'offline'
    mesh.a.membersChanged.emit()
    expect(await soon(answer)).toMatchObject({ status: 200, headers: { 'x-fcn-node': nodeC } })
  })

  it('is a body that is no JSON, names no model, is compressed or too large', async () => {
    const mesh = await startModelMesh({ [nodeB]: echo })
    const post = (body: string, headers: Record<string, string> = {}) => send(`${mesh.url}/api/chat`, { method: 'POST', headers, body })
    expect((await post('{')).status).toBe(400)
    expect((await post('{"messages":[]}')).status).toBe(400)
    expect((await post('{}', { 'content-encoding': 'gzip' })).status).toBe(400)
    expect((await post('x', { 'content-length': String(33 * 1024 * 1024) }).catch(() => null))?.status ?? 413).toBe(413)
  })
})

describe('lists of models', () => {
  it('are answered from what is known, in each dialect', async () => {
    const mesh = await startModelMesh({})
    has(mesh, nodeB, 'a')
    const get = async (path: string, headers: Record<string, string> = {}) =>
      JSON.parse((await send(mesh.url + path, { headers })).text) as unknown
    expect(await get('/v1/models')).toMatchObject({ object: 'list', data: [{ id: 'a' }] })
    expect(await get('/v1/models', { 'anthropic-version': '2023-06-01' })).toMatchObject({ data: [{ type: 'model', id: 'a' }] })
    expect(await get('/api/tags')).toMatchObject({ models: [{ name: 'a' }] })
    expect(await get('/api/ps')).toMatchObject({ models: [{ name: 'a' }] })
    expect(await get('/api/version')).toHaveProperty('version')
    const show = await send(`${mesh.url}/api/show`, { method: 'POST', body: '{"model":"a"}' })
    expect(JSON.parse(show.text)).toMatchObject({ details: { quantization_level: 'Q4_K_M' } })
  })

  it('say of another call that it is not there, and of this node who it is', async () => {
    const mesh = await startModelMesh({})
    expect(await send(`${mesh.url}/api/pull`, { method: 'POST', body: '{}' })).toMatchObject({
      status: 404,
      headers: { 'x-fcn-node': nodeA },
    })
    expect(await send(`${mesh.url}/`)).toMatchObject({ status: 200, text: 'Ollama is running', headers: { 'x-fcn-node': nodeA } })
  })
})

describe('pages', () => {
  it('of this computer may ask and read, others may not', async () => {
    const mesh = await startModelMesh({})
    const ask = (origin: string, method = 'GET') =>
      send(`${mesh.url}/v1/models`, {
        method,
        headers: { origin, ...(method === 'OPTIONS' && { 'access-control-request-method': 'GET' }) },
      })
    expect(await ask('http://localhost:8080')).toMatchObject({
      status: 200,
      headers: { 'access-control-allow-origin': 'http://localhost:8080' },
    })
    expect(await ask('http://localhost:8080', 'OPTIONS')).toMatchObject({ status: 204 })
    for (const origin of ['https://evil.example', 'null']) {
      const refused = await ask(origin, 'OPTIONS')
      expect(refused.status).toBe(403)
      expect(refused.headers).not.toHaveProperty('access-control-allow-origin')
    }
  })
})

describe('a program that waits for a word', () => {
  it('gets it before its body is read', async () => {
    const mesh = await startModelMesh({ [nodeB]: saying('attic') })
    has(mesh, nodeB, 'a')
    const { body } = chat('a')
    const headers = { expect: '100-continue', 'content-length': String(Buffer.byteLength(body)) }
    const request = httpRequest(`${mesh.url}/api/chat`, { method: 'POST', agent: false, headers })
    request.flushHeaders()
    await soon(once(request, 'continue'))
    request.end(body)
    const [answer] = (await soon(once(request, 'response'))) as [IncomingMessage]
    expect(await text(answer)).toBe('{"name":"attic"}')
  })
})
