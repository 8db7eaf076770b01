/** The parts of an OpenAPI document that tests look at. */
export interface ApiDescription {
  tags: { name: string }[]
  /** By address, then by method; beside the methods may be `servers`. */
  paths: Record<string, Record<string, DescribedOperation>>
  components: { schemas: Record<string, object>; responses: Record<string, DescribedResponse> }
}

export interface DescribedOperation {
  operationId: string
  tags: string[]
  summary: string
  security: Record<string, string[]>[]
  parameters?: { name: string; in: string; schema: object }[]
  requestBody?: { required: boolean; content: Record<string, DescribedContent> }
  responses: Record<string, DescribedResponse>
}

export interface DescribedResponse {
  $ref?: string
  headers?: Record<string, object>
  content?: Record<string, DescribedContent>
}

interface DescribedContent {
  schema?: object
  'x-events'?: Record<string, object>
}

/** Every operation, with its address and its method in capitals. */
export function operationsIn({ paths }: ApiDescription): (DescribedOperation & { path: string; method: string })[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => method !== 'servers')
      .map(([method, operation]) => ({ ...operation, path, method: method.toUpperCase() })),
  )
}
