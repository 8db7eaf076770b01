/** Addresses of this screen. Names of models have slashes and colons in them, so they are escaped. */

/** What is shown of a model: what is known of it, or a chat by which it is tried. */
export type ModelPart = 'details' | 'trial'

export const modelPath = (name: string, part: ModelPart = 'details'): string =>
  `/models/of/${encodeURIComponent(name)}${part === 'trial' ? '/try' : ''}`
