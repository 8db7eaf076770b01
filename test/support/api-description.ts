/** The parts of an OpenAPI document that tests look at. */
export interface ApiDescription {
  tags: { name: string }[]
  paths: Record<string, Record<string, DescribedOperation>>
  components: { schemas: Record<string, object> }
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
  headers?: Record<string, object>
  content?: Record<string, DescribedContent>
}

interface DescribedContent {
  schema?: object
  'x-events'?: Record<string, object>
}
