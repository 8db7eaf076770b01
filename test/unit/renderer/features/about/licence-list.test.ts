import { expect, it } from 'vitest'
import { fittingLibraries } from '../../../../../renderer/features/about/licence-list.ts'

const library = (name: string, licence: string) => ({ name, licence, version: '1.0.0', text: null })

it('libraries are found by name and by licence', () => {
  const all = [library('zod', 'MIT'), library('tslib', '0BSD'), library('@mantine/core', 'MIT')]
  const found = (text: string) => fittingLibraries(all, text).map(({ name }) => name)
  expect(found(' mantine ')).toEqual(['@mantine/core'])
  expect(found('0bsd')).toEqual(['tslib'])
  expect(found('')).toHaveLength(3)
  expect(found('gpl')).toEqual([])
})
