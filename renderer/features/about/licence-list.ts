/** The libraries that are part of the program, as the build found them, and those that fit what somebody types. Pure. */

export interface Library {
  name: string
  version: string
  /** SPDX expression, as the library says. */
  licence: string
  /** Which of the texts is its licence's; null when it ships none. */
  text: number | null
}

export interface LicenceList {
  /** Of the program itself. */
  own: { licence: string; homepage: string; text: string }
  /** By name. */
  libraries: Library[]
  /** Each text once: many libraries share one to the last letter. */
  texts: string[]
}

/** Libraries whose name or licence has the text, no matter the case. */
export function fittingLibraries(libraries: readonly Library[], wanted: string): readonly Library[] {
  const text = wanted.trim().toLowerCase()
  return libraries.filter(({ name, licence }) => name.toLowerCase().includes(text) || licence.toLowerCase().includes(text))
}
