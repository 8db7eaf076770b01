import { useTranslation } from 'react-i18next'
import type { HealthWarning } from '../../electron/contract/snapshot.ts'
import { health } from './en/health.ts'
import { isolated } from './isolate.ts'
import { directionOf } from './languages.ts'

type Kind = keyof typeof health

/** The node says no more about these than the catalogue does. */
const complete: ReadonlySet<Kind> = new Set(['no_network', 'peers_unreachable', 'audit_failed', 'identity_renewal'])

/**
 * A health warning in the language of the window, by its code. The node's own English words stand alone in English, and
 * follow the translated ones where they name something: a mesh, a peer, an address.
 */
export function useWarningWords(): (warning: HealthWarning) => { title: string; text: string } {
  const { t, i18n } = useTranslation('health')
  const { language } = i18n
  return ({ code, title, text, action }) => {
    const own = action === null ? text : `${text} ${sentence(action)}`
    const kind = language === 'en' ? null : kindOf(code)
    if (kind === null) return { title, text: own }
    const words = `${t(`${kind}.text`)} ${t(`${kind}.action`)}`
    if (complete.has(kind)) return { title: t(`${kind}.title`), text: words }
    const original = `${sentence(title)} ${text}`
    return { title: t(`${kind}.title`), text: `${words} ${directionOf(language) === 'rtl' ? isolated(original) : original}` }
  }
}

/** `single_admin:<mesh>` and `capability_ai` are of the kinds `single_admin` and `capability`. */
function kindOf(code: string): Kind | null {
  const kinds = [code.split(':')[0] ?? '', code.split('_')[0] ?? '']
  return kinds.find((kind): kind is Kind => Object.hasOwn(health, kind)) ?? null
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)
