import { UnstyledButton } from '@mantine/core'
import { IconHomePlus, IconLink, IconMailOpened, IconRadar2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DiscoveredView } from '../../../electron/contract/discovery.ts'
import { MachineIcon } from '../../ui/glyph.tsx'
import { rowIcon, wellIcon } from '../../ui/icons.ts'
import { type MeshWay, meshWays } from './mesh-ways.ts'

interface MeshChoicesProps {
  way: MeshWay
  /** Who would be asked on this network. */
  node: DiscoveredView | null
  onChoose: (way: MeshWay) => void
  onOthers: () => void
}

const icons = { network: IconRadar2, url: IconLink, invite: IconMailOpened, create: IconHomePlus }

/** The ways into a mesh, of which one is chosen; nothing happens before the button below. */
export function MeshChoices({ way, node, onChoose, onOthers }: MeshChoicesProps) {
  const { t } = useTranslation('setup')
  const mesh = node?.meshes[0]
  const words = {
    network: {
      title: node === null ? t('mesh.network') : mesh === undefined ? t('mesh.networkFound') : t('mesh.networkOf', { mesh }),
      help: node === null ? t('mesh.networkNobody') : t('mesh.networkHelp'),
    },
    url: { title: t('mesh.url'), help: t('mesh.urlHelp') },
    invite: { title: t('mesh.invite'), help: t('mesh.inviteHelp') },
    create: { title: t('mesh.create'), help: t('mesh.createHelp') },
  }
  return (
    <div className="setup-choices" role="radiogroup" aria-label={t('mesh.ways')}>
      {meshWays.map((name) => {
        const Icon = icons[name]
        const { title, help } = words[name]
        return (
          <div key={name} className="setup-choice" data-chosen={name === way || undefined}>
            <label>
              <span className="choice-well">
                <Icon {...wellIcon} />
              </span>
              <span className="grow">
                <b>{title}</b>
                <span>{help}</span>
              </span>
              <input type="radio" name="mesh-way" checked={name === way} onChange={() => onChoose(name)} />
            </label>
            {name === 'network' && name === way && node !== null && <Found node={node} onOthers={onOthers} />}
          </div>
        )
      })}
    </div>
  )
}

function Found({ node, onOthers }: { node: DiscoveredView; onOthers: () => void }) {
  const { t } = useTranslation('setup')
  return (
    <div className="setup-found">
      <MachineIcon os={null} {...rowIcon} />
      <span className="grow">
        <b>{node.name}</b> {t('mesh.answersAt')} <code>{(node.urls[0] ?? '').replace(/^https?:\/\//u, '')}</code>
      </span>
      <UnstyledButton className="more" c="var(--fcn-accent)" onClick={onOthers}>
        {t('mesh.others')}
      </UnstyledButton>
    </div>
  )
}
