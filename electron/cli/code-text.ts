/** A comparison code as people read it aloud: `402 913`. */
export const codeText = (code: string): string => code.replace(/(?<=^\d{3})(?=\d{3}$)/u, ' ')
