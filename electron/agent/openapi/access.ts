/** Who may use an endpoint: as OpenAPI says it, and how those are refused who may not. */
import type { ErrorCode } from '../../contract/error-codes.ts'

export const securitySchemes = {
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The API key of the node (`fcn key`).' },
  apiKeyAsBearer: { type: 'http', scheme: 'bearer', description: 'The same key as a Bearer token.' },
  syncToken: { type: 'http', scheme: 'bearer', description: 'A token for hub sync (`fcn sync token create`).' },
  controlToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'What is in the file `control-token` of the data folder, which only its owner can read.',
  },
  pageSession: {
    type: 'apiKey',
    in: 'cookie',
    name: 'fcn_…',
    description: 'Cookie that a one-time link sets; its name ends with the first seven characters of the node id.',
  },
  certificate: { type: 'mutualTLS', description: 'The certificate of a node; its key is the identity, its other contents mean nothing.' },
} as const

type Scheme = keyof typeof securitySchemes

interface Rule {
  /** Alternatives; null is “none at all”. */
  anyOf: readonly (Scheme | null)[]
  fails: readonly ErrorCode[]
}

const rules = {
  anyone: { anyOf: [null], fails: [] },
  /** The API key, wherever the request comes from. */
  key: { anyOf: ['apiKey', 'apiKeyAsBearer'], fails: ['unauthorized'] },
  /** A sync token, or the API key. */
  sync: { anyOf: ['syncToken', 'apiKey', 'apiKeyAsBearer'], fails: ['unauthorized'] },
  /** The API key; programs on this machine need none. */
  keyFromAfar: { anyOf: [null, 'apiKey', 'apiKeyAsBearer'], fails: ['unauthorized'] },
  /** This machine, no key. */
  local: { anyOf: [null], fails: ['forbidden'] },
  /** This machine, with the control token or a session of the page. */
  control: { anyOf: ['controlToken', 'pageSession'], fails: ['forbidden', 'unauthorized'] },
  /** This machine, with a session of the page. */
  page: { anyOf: ['pageSession'], fails: ['forbidden', 'unauthorized'] },
  /** Programs on this machine; with the setting `localUseNeedsKey` they need the API key or a session of the page. */
  use: { anyOf: [null, 'apiKey', 'apiKeyAsBearer', 'pageSession'], fails: ['forbidden', 'unauthorized'] },
  /** Programs on this machine, who need the API key only where that is wanted; from other machines always with it. */
  models: { anyOf: [null, 'apiKey', 'apiKeyAsBearer', 'pageSession'], fails: ['forbidden', 'unauthorized'] },
  /** Any node that proves its key. */
  node: { anyOf: ['certificate'], fails: ['forbidden'] },
  /** Nodes that are members of a mesh of this node. */
  member: { anyOf: ['certificate'], fails: ['forbidden', 'not_member', 'removed', 'blocked'] },
} as const satisfies Record<string, Rule>

export type Access = keyof typeof rules

/** The alternatives as the `security` of an operation. */
export const securityOf = (access: Access): Record<string, string[]>[] =>
  rules[access].anyOf.map((scheme) => (scheme === null ? {} : { [scheme]: [] }))

export const refusalsOf = (access: Access): readonly ErrorCode[] => rules[access].fails
