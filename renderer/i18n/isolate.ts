/**
 * Keeps a text of unknown direction, as a name or an English sentence, from mixing with what stands around it (first
 * strong isolate … pop directional isolate). Only lines that run from right to left need it.
 */
export const isolated = (text: string): string => `\u2068${text}\u2069`
