/**
 * How a route says what it is: beside its registration, as a function that is called only when somebody asks for the
 * description. `GET /openapi.json` is made of these and of nothing else (document.ts).
 */
import type { z } from 'zod'
import type { ErrorCode } from '../../contract/error-codes.ts'
import type { Access } from './access.ts'
import type { FailureShape } from './failures.ts'
import type { Tag } from './tags.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Null for a route that refuses whatever it gets, so that no endpoint is there. Absent: the route is not described. */
    describe?: Describe | null
  }
}

/** A route of many methods is described once for each. */
export type Describe = (method: string) => Operation

/** Where a value is in a request, what it means, and its form (absent: any text). */
export interface Parameter {
  in: 'path' | 'query' | 'header'
  text: string
  schema?: z.ZodType
}

interface Content {
  /** Of JSON; absent: anything. */
  schema?: z.ZodType
  /** Absent: JSON. */
  media?: string
}

export interface Body extends Content {
  /** Absent: it is required. */
  optional?: true
}

export interface Answer {
  text: string
  /** Null: no body worth describing. */
  content: Content | null
  /** Data of each event of an event stream. */
  events?: Record<string, z.ZodType>
  /** Name → meaning. */
  headers?: Record<string, string>
}

export interface Operation {
  /** Unique in the document; names the function in generated clients. */
  id: string
  tag: Tag
  /** One line. */
  summary: string
  description?: string
  /** Of a route that ends in `*`: the address with its parts named. */
  path?: string
  access: Access
  parameters?: Record<string, Parameter>
  body?: Body
  /** By status; `default` is what another program answers. */
  answers: Readonly<Record<string, Answer>>
  /** Beside those that follow from `access`, from having a body, and from being asked at all. `any`: every code there is. */
  fails?: readonly ErrorCode[] | 'any'
  /** How errors look here. */
  failure: FailureShape
}

/** For the options of a route. */
export const described = (operation: Operation): { config: { describe: Describe } } => ({ config: { describe: () => operation } })

/** For the options of a route that is there to refuse what no other takes. */
export const refusesAll: { config: { describe: null } } = { config: { describe: null } }
