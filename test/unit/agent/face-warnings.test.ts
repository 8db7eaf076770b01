import { expect, test } from 'vitest'
import { createFaceWarnings, type FaceWarnings } from '../../../electron/agent/face-warnings.ts'
import { createHealth } from '../../../electron/agent/health.ts'
import { createEmitter } from '../../../electron/agent/support/signal.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { warningNamed } from '../../fixtures/named-views.ts'

test('what the face warns of is in the node’s list as long as it holds', async () => {
  const health = createHealth({ clock: createFakeClock() })
  const changed = createEmitter()
  let list: ReturnType<FaceWarnings['list']> = [warningNamed('no_tray')]
  const part = createFaceWarnings({ health, face: { changed, list: () => list } })
  const codes = () => health.list().map(({ code }) => code)
  health.raise(warningNamed('other'))

  await part.start()
  expect(codes()).toEqual(['other', 'no_tray'])
  list = []
  changed.emit()
  expect(codes()).toEqual(['other'])

  await part.stop()
  list = [warningNamed('no_tray')]
  changed.emit()
  expect(codes()).toEqual(['other'])
})
