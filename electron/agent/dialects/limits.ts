/** Bounds of what is read from programs and engines. Bodies of programs are bounded where they arrive (32 MiB). */

/** Messages of a conversation, and parts of a message. */
export const maxMessages = 10_000
export const maxTools = 1024
/** Tool calls in one message or answer. */
export const maxToolCalls = 128
export const maxStopTexts = 64
/** Texts in one request for vectors, and vectors in an answer. */
export const maxTexts = 8192
/** Longest name of a model, a tool or a call, characters. */
export const longestName = 512
/** Largest event or line of a stream, bytes: a whole tool call with all its arguments, or an engine’s last word with all its facts. */
export const largestEvent = 4 * 1024 * 1024
/** Largest answer that is no stream, and most text that is gathered of one, bytes: 8192 vectors of 1024 numbers. */
export const largestAnswer = 64 * 1024 * 1024
/** Most of a stream that is held back before its first token, bytes. */
export const mostHeld = 1024 * 1024
/** Longest text of an engine’s error that is passed on, characters. */
export const longestReason = 500
/** How much of the beginning of a conversation tells it from others, characters. */
export const longestOpening = 4096
