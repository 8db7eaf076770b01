import { useTranslation } from 'react-i18next'
import type { RouteView } from '../../../../electron/contract/routing.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useSnapshot } from '../../../store/app-context.ts'
import { useCapabilityName } from '../../../ui/capability-name.ts'
import { marked } from '../../../ui/named-sentence.tsx'
import type { Mark } from '../../../ui/state-mark.tsx'

export const resultMarks: Record<RouteView['result'], Mark> = { running: 'running', ok: 'online', failed: 'problem', cancelled: 'off' }

export interface RouteText {
  /** Who asked for what; the actor is marked for NamedSentence. */
  asked: string
  /** Sent to until an answer came, then ran on; by which path, and after how many tries. */
  place: string
  /** How long it took, so far while it runs. */
  took: string
  amounts: string
  result: string
}

/** A request in words. */
export function useRouteText(): (route: RouteView, now: number) => RouteText {
  const { t } = useTranslation('routed')
  const format = useFormat()
  const nameOf = useThingName()
  const self = useSnapshot(({ node }) => node.id)
  const someone = (node: { id: string; name: string }) => (node.id === self ? t('thisComputer') : node.name)

  const place = ({ sentTo, ranOn, path, retries }: RouteView) => {
    if (sentTo === null) return t('nobodyAsked')
    const where = t(ranOn === null ? 'sentTo' : 'ranOn', { name: someone(sentTo) })
    const way = path === null || path === 'local' ? '' : t(`path.${path}`)
    return format.facts([where, way, retries > 0 && t('afterTries', { count: retries })])
  }
  const amounts = ({ bytesIn, bytesOut }: RouteView) =>
    format.facts([
      bytesIn > 0 && t('sent', { amount: format.bytes(bytesIn) }),
      bytesOut > 0 && t('back', { amount: format.bytes(bytesOut) }),
    ])
  const result = ({ result: how, status }: RouteView) =>
    how === 'ok' && status !== null && status >= 400 ? t('answeredWith', { status }) : t(`result.${how}`)

  return (route, now) => ({
    asked: t('asked', { actor: marked(route.from?.name ?? t('thisComputerAsks')), what: nameOf(route) }),
    place: place(route),
    took: format.duration(route.duration ?? Math.max(0, now - route.at)),
    amounts: amounts(route),
    result: result(route),
  })
}

/** The name of what was asked for: of a capability its word, of a service of this node its name. */
function useThingName(): (route: Pick<RouteView, 'kind' | 'what'>) => string {
  const capabilityName = useCapabilityName()
  const services = useSnapshot((snapshot) => snapshot.services)
  return ({ kind, what }) =>
    kind === 'capability' ? capabilityName(what) : ((Object.hasOwn(services, what) ? services[what]?.name : null) ?? what)
}

/** Why a request failed, and what helps. */
export function useRouteFailure(): (code: NonNullable<RouteView['code']>) => { why: string; help: string } {
  const { t } = useTranslation(['routed', 'errors'])
  return (code) => ({ why: t(`errors:title.${code}`), help: t(helpOf(code)) })
}

function helpOf(code: NonNullable<RouteView['code']>) {
  switch (code) {
    case 'no_peer':
      return 'help.noPeer'
    case 'unreachable':
    case 'key_mismatch':
      return 'help.unreachable'
    case 'timeout':
      return 'help.timeout'
    case 'backend_failed':
    case 'bad_answer':
      return 'help.program'
    case 'not_granted':
    case 'not_member':
    case 'removed':
    case 'blocked':
      return 'help.notAllowed'
    case 'capability_off':
    case 'not_found':
      return 'help.notShared'
    case 'busy':
    case 'too_many':
      return 'help.busy'
    case 'loop':
      return 'help.loop'
    case 'not_running':
      return 'help.stopped'
    default:
      return 'help.other'
  }
}
