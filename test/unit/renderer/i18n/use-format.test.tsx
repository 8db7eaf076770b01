import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, it } from 'vitest'
import type { Format } from '../../../../renderer/i18n/format.ts'
import { createI18n } from '../../../../renderer/i18n/i18n.ts'
import { useFormat } from '../../../../renderer/i18n/use-format.ts'

describe('formatters', () => {
  it('are made once for a language, however many rows need them', async () => {
    const i18n = await createI18n(['en'])
    const got: Format[] = []
    function Row() {
      got.push(useFormat())
      return null
    }
    const draw = () =>
      renderToStaticMarkup(
        <I18nextProvider i18n={i18n}>
          <Row />
          <Row />
        </I18nextProvider>,
      )
    draw()
    draw()
    expect(new Set(got).size).toBe(1)
    expect(got).toHaveLength(4)
  })
})
