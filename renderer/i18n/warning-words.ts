import type { i18n } from 'i18next'
import type { HealthWarning } from '../../electron/contract/snapshot.ts'
import { health } from './en/health.ts'
import { isolated } from './isolate.ts'
import { directionOf } from './languages.ts'

type Kind = keyof typeof health

/** The node says no more about these than the catalogue does. */
const complete: ReadonlySet<Kind> = new Set(['no_network', 'peers_unreachable', 'audit_failed', 'identity_renewal', 'no_tray'])

/**
 * A health warning in the language of the window, by its code. The node's own English words stand alone in English, and
 * follow the translated ones where they name something: a mesh, a peer, an address.
 */
export function warningWords(
  { t, language }: Pick<i18n, 't' | 'language'>,
  { code, title, text, action }: Pick<HealthWarning, 'code' | 'title' | 'text' | 'action'>,
): { title: string; text: string } {
  const kind = language === 'en' ? null : kindOf(code)
  if (kind === null) return { title, text: action === null ? text : `${text} ${sentence(action)}` }
  const words = `${t(`health:${kind}.text`)} ${t(`health:${kind}.action`)}`
  const original = `${sentence(title)} ${text}`
  const named = directionOf(language) === 'rtl' ? isolated(original) : original
  return { title: t(`health:${kind}.title`), text: complete.has(kind) ? words : `${words} ${named}` }
}

/** `single_admin:<mesh>` and `capability_ai` are of the kinds `single_admin` and `capability`. */
function kindOf(code: string): Kind | null {
  const kinds = [code.split(':')[0] ?? '', code.split('_')[0] ?? '']
  return kinds.find((kind): kind is Kind => Object.hasOwn(health, kind)) ?? null
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)
