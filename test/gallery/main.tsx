/** The gallery: every component in every state, from fixtures, for those who build the window. `npm run gallery`. */
import '../../renderer/csp.ts'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '../../renderer/ui/styles/base.css'
import '../../renderer/ui/styles/shell.css'
import '../../renderer/ui/styles/parts.css'
import '../../renderer/ui/styles/lists.css'
import '../../renderer/ui/styles/states.css'
import '../../renderer/ui/styles/contrast.css'
import './gallery.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { createI18n } from '../../renderer/i18n/i18n.ts'
import { cssVariablesResolver, theme } from '../../renderer/ui/theme.ts'
import { fixtureTime } from '../fixtures/household-peers.ts'
import { Gallery } from './gallery.tsx'

// all fixtures happen at one moment, and so does what is said of them
Date.now = () => fixtureTime

const i18n = await createI18n(['en-GB'])
const root = document.querySelector('#root')
if (root === null) throw new Error('the page has no #root')

createRoot(root).render(
  <StrictMode>
    <I18nextProvider i18n={i18n}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
        <Notifications position="bottom-right" limit={3} />
        <Gallery />
      </MantineProvider>
    </I18nextProvider>
  </StrictMode>,
)
