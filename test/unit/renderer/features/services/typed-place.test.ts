import { expect, it } from 'vitest'
import { placeFromKey, placeKey, placeOf } from '../../../../../renderer/features/services/typed-place.ts'

it('a place is looked at only when enough of it is typed', () => {
  const here = (port: number | string) => placeOf({ where: 'here', port, url: 'http://ignored' })
  const elsewhere = (url: string) => placeOf({ where: 'elsewhere', port: 80, url })
  expect(here(8096)).toEqual({ port: 8096 })
  expect(here('8096')).toEqual({ port: 8096 })
  for (const port of ['', 0, 65_536, '80.5', '-1']) expect(here(port)).toBeNull()
  expect(elsewhere(' http://nas:8096 ')).toEqual({ url: 'http://nas:8096' })
  for (const url of ['', 'http://', 'nas:8096', 'ftp://nas']) expect(elsewhere(url)).toBeNull()
  for (const place of [{ port: 80 }, { url: 'http://nas' }]) expect(placeFromKey(placeKey(place))).toEqual(place)
  expect(placeKey(null)).toBe('')
})
