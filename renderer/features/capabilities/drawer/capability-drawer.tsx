import './drawer.css'
import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CapabilityView } from '../../../../electron/contract/snapshot.ts'
import { capabilityResource } from '../../../store/grants.ts'
import { useAccess } from '../../../store/use-access.ts'
import { useNow } from '../../../store/use-now.ts'
import { useCapabilityName } from '../../../ui/capability-name.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { CapabilityIcon } from '../../../ui/glyph.tsx'
import { wellIcon } from '../../../ui/icons.ts'
import { SideDrawer } from '../../../ui/side-drawer.tsx'
import { StateWord } from '../../../ui/state-mark.tsx'
import { WhoMayUse } from '../../../ui/who-may-use.tsx'
import { EnginesSection } from '../ai/engines-section.tsx'
import { FilesSection } from '../ai/files-section.tsx'
import { TermsSection } from '../ai/terms-section.tsx'
import { cardState, markOf } from '../card-state.ts'
import { differences } from '../conditions.ts'
import { useSharingChange } from '../use-sharing-change.ts'
import { useStateWords } from '../use-state-words.ts'
import { DrawerSection } from './drawer-section.tsx'
import { BackendSection } from './backend-section.tsx'
import { AmountsSection, TakingSection } from './amounts-section.tsx'
import { HoursSection } from './hours-section.tsx'
import { WhenSection } from './when-section.tsx'

/**
 * Everything about a capability that can be chosen: the program behind it, how much of it peers get, when, and who. Every
 * change holds at once and can be undone from its toast.
 */
export function CapabilityDrawer({ capability, onClose }: { capability: CapabilityView; onClose: () => void }) {
  const { name } = capability
  const { t } = useTranslation(['capabilities', 'common'])
  const word = useCapabilityName()(name)
  const now = useNow(60_000)
  const state = cardState(capability)
  const words = useStateWords()(state, now)
  const access = useAccess(capabilityResource(name))
  return (
    <SideDrawer label={t('limitsOf', { name: word })} onClose={onClose} takesFocus>
      <header className="drawer-head">
        <span className="cap-icon lit">
          <CapabilityIcon name={name} {...wellIcon} />
        </span>
        <div className="grow">
          <h2>{word}</h2>
          <StateWord mark={markOf[state.kind]}>{words}</StateWord>
        </div>
        <ActionIcon aria-label={t('closeLimits', { name: word })} onClick={onClose} data-autofocus>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </header>
      <div className="drawer-sections">
        {name === 'ai' ? (
          <>
            <EnginesSection />
            <TermsSection />
            <FilesSection />
          </>
        ) : (
          <BackendSection name={name} capability={capability} />
        )}
        <AmountsSection capability={capability} />
        <TakingSection capability={capability} />
        <WhenSection capability={capability} />
        <HoursSection capability={capability} />
        {access.meshes.length > 0 && (
          <DrawerSection title={t('common:whoMayUse')}>
            <WhoMayUse what={word} rows={access.meshes} onChange={(mesh, rule) => void access.set.run(mesh, rule)} />
            <FailureText failure={access.set.failure} />
          </DrawerSection>
        )}
        <footer>
          <Usual capability={capability} />
        </footer>
      </div>
    </SideDrawer>
  )
}

function Usual({ capability }: { capability: CapabilityView }) {
  const { t } = useTranslation('capabilities')
  const change = useSharingChange(capability)
  const count = differences(capability)
  return (
    <>
      <span className="grow">
        {t('differing', { count })}
        <FailureText failure={change.failure} />
      </span>
      {count > 0 && (
        <Button variant="subtle" size="compact-sm" loading={change.running} onClick={() => void change.reset()}>
          {t('reset')}
        </Button>
      )}
    </>
  )
}
