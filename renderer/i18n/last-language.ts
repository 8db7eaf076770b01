import { asSystem } from './languages.ts'

const key = 'fcn-language'

/** What the settings asked for when the window was open the last time: the first words are in it before the node answers. */
export function lastLanguage(storage: () => Storage): string {
  try {
    return storage().getItem(key) ?? asSystem
  } catch {
    return asSystem // a browser that keeps nothing
  }
}

export function keepLanguage(storage: () => Storage, chosen: string): void {
  try {
    storage().setItem(key, chosen)
  } catch {
    // it is found out anew at the next start
  }
}
