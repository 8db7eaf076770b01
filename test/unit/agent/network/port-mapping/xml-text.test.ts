import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elementsOf, escaped, readXml, textOf } from '../../../../../electron/agent/network/port-mapping/xml-text.ts'

describe('the XML of routers', () => {
  it('is read without prefixes, attributes, comments and declarations', () => {
    const root = readXml('<?xml version="1.0"?><!DOCTYPE x><s:a xmlns:s="u"><!-- no --><b k="1"> one &amp; two </b><b/><s:b>3</s:b></s:a>')
    expect(elementsOf(root, 'b').map(({ text }) => text)).toEqual(['one & two', '', '3'])
    expect(textOf(root, 'c')).toBeNull()
  })

  it('knows no entity that is declared in the document', () => {
    expect(textOf(readXml('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'), 'a')).toBe('&x;')
  })

  it('ends with what is around it where something does not close', () => {
    const root = readXml('<a><b><c>1</a><d>2</d>')
    expect(root.children.map(({ name }) => name)).toEqual(['a', 'd'])
  })

  it('gives back every text that was put in', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(textOf(readXml(`<a>${escaped(text)}</a>`), 'a')).toBe(text.trim())
      }),
    )
  })

  it('is read whatever it is, also when it is long and deep', () => {
    fc.assert(fc.property(fc.string(), (text) => void readXml(text)))
    for (const part of ['<', '<a', '<a>', '</a>', '<!--', '&', '<a:']) expect(elementsOf(readXml(part.repeat(20_000)), 'b')).toEqual([])
  })
})
