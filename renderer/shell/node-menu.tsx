import { Menu, UnstyledButton } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconChevronUp, IconFingerprint, IconInfoCircle, IconLink, IconPlayerPlay, IconSettings } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useSnapshot } from '../store/app-context.ts'
import { HouseMark } from '../ui/house-mark.tsx'
import { buttonIcon } from '../ui/icons.ts'
import { useNow } from '../store/use-now.ts'
import { PauseItems } from './pause/pause-items.tsx'
import { usePause, usePauseWord } from './pause/use-pause.ts'
import { useStateWord } from './state-words.ts'
import { toast } from '../ui/toast.ts'

/** This node at the foot of the rail: name and state, and what others need to reach it. */
export function NodeMenu() {
  const { t } = useTranslation(['common', 'pause'])
  const [, navigate] = useLocation()
  const clipboard = useClipboard()
  const node = useSnapshot((snapshot) => snapshot.node)
  const requests = useSnapshot((snapshot) => Object.keys(snapshot.requests).length)
  const { pause, start, resume } = usePause()
  const now = useNow(60_000)
  const stateWord = useStateWord()({ state: node.state, requests })
  const pauseWord = usePauseWord()
  const word = pause !== null && node.state === 'paused' ? pauseWord(pause, now) : stateWord
  const url = node.urls[0]
  const copy = (value: string, said: string) => {
    clipboard.copy(value)
    toast(said)
  }
  return (
    <Menu position="top-start" width={216}>
      <Menu.Target>
        <UnstyledButton className="rail-node">
          <HouseMark state={node.state} size={26} />
          <span className="grow">
            <b className="cut">{node.name}</b>
            <small className="cut" title={word}>
              {word}
            </small>
            <span className="only-heard">{t('nodeMenu')}</span>
          </span>
          <IconChevronUp size={16} stroke={1.6} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {pause === null ? (
          <PauseItems onChoose={start} />
        ) : (
          <Menu.Item leftSection={<IconPlayerPlay {...buttonIcon} />} onClick={resume}>
            {t('pause:resumeSharing')}
          </Menu.Item>
        )}
        <Menu.Divider />
        {url !== undefined && (
          <Menu.Item leftSection={<IconLink {...buttonIcon} />} onClick={() => copy(url, t('addressCopied', { url }))}>
            {t('copyAddress')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconFingerprint {...buttonIcon} />} onClick={() => copy(node.id, t('idCopied'))}>
          {t('copyNodeId')}
        </Menu.Item>
        <Menu.Item leftSection={<IconSettings {...buttonIcon} />} onClick={() => navigate('/settings')}>
          {t('screen.settings')}
        </Menu.Item>
        <Menu.Item leftSection={<IconInfoCircle {...buttonIcon} />} onClick={() => navigate('/about')}>
          {t('about')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
