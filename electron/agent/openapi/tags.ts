/** The APIs of a node, in the order of the description. */
export const tags = {
  'Router API': 'Version 0.1, as older nodes and their owners’ scripts speak it.',
  Routing: 'Services and capabilities of the mesh, for programs on this machine.',
  Models: 'Language models of all meshes, in the dialects of OpenAI, Ollama and Anthropic.',
  Node: 'What describes and measures the node itself.',
  Local: 'Control of the node by programs and pages on this machine: one address per call, and the stream of changes.',
  Page: 'The page of the node, for browsers on this machine.',
  Peer: 'What nodes say to each other, over TLS 1.3 with a certificate on both sides.',
} as const

export type Tag = keyof typeof tags
