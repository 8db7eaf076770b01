import type { FastifyPluginAsync } from 'fastify'
import * as audit from '../../contract/audit.ts'
import * as calls from '../../contract/calls.ts'
import * as capability from '../../contract/capability.ts'
import * as discovery from '../../contract/discovery.ts'
import * as failures from '../../contract/failure.ts'
import * as hubSync from '../../contract/hub-sync.ts'
import * as meshFile from '../../contract/mesh-file.ts'
import * as patch from '../../contract/patch.ts'
import * as resources from '../../contract/resources.ts'
import * as routing from '../../contract/routing.ts'
import * as settings from '../../contract/settings.ts'
import * as sharing from '../../contract/sharing.ts'
import * as snapshot from '../../contract/snapshot.ts'
import type { ApiKey, KeyUse, SelfDescription } from '../components.ts'
import { openApiDocument } from '../openapi/document.ts'
import type { Endpoints } from '../openapi/endpoints.ts'
import { described } from '../openapi/operation.ts'
import { createSchemas, exportedSchemas } from '../openapi/schemas.ts'
import * as messages from '../protocol/messages.ts'
import type { Logger } from '../support/logger.ts'
import { createErrorHandler } from './error-handler.ts'
import type { FailedAttempts } from './failed-attempts.ts'
import * as routerAnswers from './router-api/answers.ts'
import { createKeyCheck } from './router-api/key-check.ts'

interface OpenApiComponents {
  endpoints: Pick<Endpoints, 'list'>
  self: () => Pick<SelfDescription, 'version'>
  apiKey: Pick<ApiKey, 'matches'>
  attempts: FailedAttempts
  keyUse: KeyUse
  log: Logger
}

const description = described({
  id: 'openapi',
  tag: 'Node',
  summary: 'This description',
  access: 'keyFromAfar',
  answers: { 200: { text: 'An OpenAPI 3.1 document.', content: {} } },
  failure: 'text',
})

/**
 * `GET /openapi.json`. Programs on this machine need no key, since it holds nothing but what the source says; others need
 * the API key as for `/metrics`, so that a stranger in the network learns neither the version nor what could be asked.
 * Made when it is asked for the first time, and kept.
 */
export function openApiRoute(components: OpenApiComponents): FastifyPluginAsync {
  const keyCheck = createKeyCheck(components)
  return async (app) => {
    app.setErrorHandler(createErrorHandler(components.log, ({ message }) => ({ error: message })))
    let text: string | null = null
    app.get('/openapi.json', description, (request, reply) => {
      keyCheck.requireFromAfar(request)
      text ??= documentText(components)
      return reply.type('application/json; charset=utf-8').send(text)
    })
  }
}

function documentText({ endpoints, self }: OpenApiComponents): string {
  const schemas = createSchemas(exportedSchemas(named))
  return JSON.stringify(openApiDocument(endpoints.list(), { schemas, version: self().version }))
}

/** Whose schemas have their names in the description, too. */
const named = [
  ...[snapshot, discovery, capability, resources, settings, patch, audit, failures, meshFile, hubSync, routing, sharing, calls],
  ...[routerAnswers, messages],
]
