import './csp.ts'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import './ui/styles/base.css'
import './ui/styles/shell.css'
import './ui/styles/parts.css'
import './ui/styles/lists.css'
import './ui/styles/states.css'
import './ui/styles/contrast.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { App } from './app.tsx'
import { openBridge } from './bridge/open-bridge.ts'
import { createI18n, showLanguage } from './i18n/i18n.ts'
import { directionOf, languageFor } from './i18n/languages.ts'
import { lastLanguage } from './i18n/last-language.ts'
import { AppContext, type AppParts } from './store/app-context.ts'
import { createDialogStore } from './store/dialog-store.ts'
import { firstNews } from './store/first-news.ts'
import { openStateStore } from './store/state-store.ts'

const { store, call } = openStateStore(openBridge(window))
const parts: AppParts = { state: store, dialogs: createDialogStore(), call }
const i18n = await createI18n(navigator.languages)
i18n.on('languageChanged', (language) => {
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
})
await showLanguage(
  i18n,
  languageFor(
    lastLanguage(() => localStorage),
    navigator.languages,
  ),
)
const root = document.querySelector('#root')
if (root === null) throw new Error('the page has no #root')
// the frame that index.html draws stands until there is something to put into it
await firstNews(store, 300)

createRoot(root).render(
  <StrictMode>
    <I18nextProvider i18n={i18n}>
      <AppContext value={parts}>
        <App />
      </AppContext>
    </I18nextProvider>
  </StrictMode>,
)
