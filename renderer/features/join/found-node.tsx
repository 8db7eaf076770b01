import { useTranslation } from 'react-i18next'
import type { DiscoveredView } from '../../../electron/contract/discovery.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useNow } from '../../store/use-now.ts'
import { MachineIcon } from '../../ui/glyph.tsx'
import { rowIcon } from '../../ui/icons.ts'
import { StateWord } from '../../ui/state-mark.tsx'
import { standingOf } from '../../store/found-groups.ts'

/** A node that was found, to be chosen; one that is already ours is there to be seen only. */
export function FoundNode({ node, chosen, onChoose }: { node: DiscoveredView; chosen: boolean; onChoose: () => void }) {
  const standing = standingOf(node)
  const off = standing === 'mine' || standing === 'incompatible'
  return (
    <label className="found-node" data-chosen={chosen} data-off={off}>
      <span className="well">
        <MachineIcon os={null} legacy={standing === 'legacy'} {...rowIcon} />
      </span>
      <span className="found-words">
        <b title={node.name}>{node.name}</b>
        <small>
          <FoundWhere node={node} />
        </small>
      </span>
      <span className="found-state">
        <FoundState node={node} />
      </span>
      <input type="radio" name="found-node" checked={chosen} disabled={off} onChange={onChoose} />
    </label>
  )
}

function FoundWhere({ node }: { node: DiscoveredView }) {
  const { t } = useTranslation('join')
  const place = (node.urls[0] ?? '').replace(/^https?:\/\//u, '')
  const label = node.found.find((way) => way.label !== null)?.label
  return (
    <>
      <code>{place}</code> {label && t('foundOn', { label })}
    </>
  )
}

function FoundState({ node }: { node: DiscoveredView }) {
  const { t } = useTranslation('join')
  const format = useFormat()
  const now = useNow()
  switch (standingOf(node)) {
    case 'new':
      return t('foundNew')
    case 'legacy':
      return <StateWord mark="legacy">{t('foundLegacy')}</StateWord>
    case 'mine':
      return <StateWord mark="online">{t('foundMine')}</StateWord>
    case 'incompatible':
      return <StateWord mark="problem">{t('foundIncompatible')}</StateWord>
    case 'joinable':
      return node.reached && t('foundReached', { when: format.ago(node.reached.at, now) })
  }
}
