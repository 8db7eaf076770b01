import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { addressOf, type Place } from '../../../electron/contract/place.ts'
import { createDoor } from '../../../electron/shell/door.ts'
import { claimSingleInstance, wantedBy } from '../../../electron/shell/single-instance.ts'

const seen = (shown: string[]) => (place?: Place) => void shown.push(place ? addressOf(place) : 'as it was')

test('a start that is not the first ends, and the first hears of each by a person', () => {
  const shown: string[] = []
  const app = Object.assign(new EventEmitter(), { requestSingleInstanceLock: () => true })
  expect(claimSingleInstance(app as never, seen(shown))).toBe(true)
  app.emit('second-instance', {}, ['fcn'])
  app.emit('second-instance', {}, ['fcn', '--hidden'])
  app.emit('second-instance', {}, ['fcn', '--hidden', 'fcn://join?i=fcn1.AQ'])
  app.emit('activate')
  expect(shown).toEqual(['as it was', '/?open=join&invite=fcn%3A%2F%2Fjoin%3Fi%3Dfcn1.AQ', 'as it was'])
  expect(claimSingleInstance({ ...app, requestSingleInstanceLock: () => false } as never, seen([]))).toBe(false)
})

test('a start by the system at login wants nothing, one by a link its place', () => {
  expect(wantedBy(['--hidden'])).toBeNull()
  expect(wantedBy(['--port', '3001'])).toEqual({})
  expect(wantedBy(['--hidden', 'fcn://x'])).toEqual({ place: { path: '/' } })
})

test('who asks for the window before there is one gets it then, at the place a link named', () => {
  const shown: string[] = []
  const door = createDoor()
  door.show({ path: '/peers' })
  door.show()
  door.leadsTo(seen(shown))
  expect(shown).toEqual(['/peers'])
  door.show()
  expect(shown).toEqual(['/peers', 'as it was'])
})

test('a start that nobody asked for opens nothing', () => {
  const shown: string[] = []
  createDoor().leadsTo(seen(shown))
  expect(shown).toEqual([])
})
