import { describe, expect, it } from 'vitest'
import { english } from '../../renderer/i18n/en/catalogue.ts'
import { textsOf } from '../support/catalogue-texts.ts'
import { sourceFiles, type SourceFile } from './source-files.ts'
import { lineOf, stringOf, type SyntaxNode, walkFile } from './syntax.ts'

const components = sourceFiles('renderer/**/*.tsx')
const modules = sourceFiles('renderer/**/*.{ts,tsx}').filter(({ path }) => !/^renderer\/i18n\/\w+\//u.test(path))

/** What people read or hear of an element. */
const spoken = /^(?:title|label|description|placeholder|alt|error|aria-(?:label|description|valuetext|roledescription|placeholder))$/u
const hasWords = (text: string) => /\p{L}{2}/u.test(text)

/** Texts that are the same in every language, each with what it is. */
const sameEverywhere = new Map([
  ['/capabilities/any/ai/', 'a path of the local API'],
  ['fcn1.…', 'the beginning of an invite'],
  ['http://192.168.1.20:3000', 'an example of an address'],
])

/** Literal texts that are shown: between tags, as a value between tags, or in an attribute that people read or hear. */
function shownTexts(file: SourceFile): string[] {
  const found: string[] = []
  const note = (node: SyntaxNode, shown: string) => {
    const text = shown.replaceAll('\u0000', '').trim()
    if (hasWords(text) && !sameEverywhere.has(text)) found.push(`${file.path}:${lineOf(file.text, node.start)}: ${text}`)
  }
  /** What an expression may come to, when that is a literal: both sides of a choice, not what is compared or passed on. */
  const noteValue = (node: SyntaxNode | null): void => {
    if (node === null) return
    const text = stringOf(node)
    if (text !== null) note(node, text)
    const parts: Partial<Record<SyntaxNode['type'], string[]>> = {
      ConditionalExpression: ['consequent', 'alternate'],
      LogicalExpression: ['right', ...(node['operator'] === '&&' ? [] : ['left'])],
      JSXExpressionContainer: ['expression'],
    }
    for (const part of parts[node.type] ?? []) noteValue(node[part] as SyntaxNode | null)
  }
  walkFile(file, (node) => {
    if (node.type === 'JSXText') note(node, String(node['value']))
    if (node.type === 'JSXElement' || node.type === 'JSXFragment')
      for (const child of node['children'] as SyntaxNode[]) if (child.type === 'JSXExpressionContainer') noteValue(child)
    if (node.type === 'JSXAttribute' && spoken.test(String((node['name'] as { name: unknown }).name)))
      noteValue(node['value'] as SyntaxNode | null)
  })
  return found
}

/** `className="title"` names no text; the key of a text with tags in it is an attribute. */
const isPlainAttribute = (node: SyntaxNode) =>
  node.type === 'JSXAttribute' &&
  (node['value'] as SyntaxNode | null)?.type === 'Literal' &&
  (node['name'] as { name: unknown }).name !== 'i18nKey'

/** Strings of a file that may name a text, and the namespaces that it asks for; a file that asks for none may serve any. */
function keysOf(file: SourceFile): { namespaces: string[] | null; keys: string[] } {
  const keys: string[] = []
  const namespaces: string[] = []
  const note = (node: SyntaxNode) => {
    const text = stringOf(node)
    if (text !== null) keys.push(text)
    const callee = node.type === 'CallExpression' ? (node['callee'] as SyntaxNode) : null
    if (callee?.['name'] === 'useTranslation') {
      const asked = (node['arguments'] as SyntaxNode[])[0]
      const list = asked?.type === 'ArrayExpression' ? (asked['elements'] as SyntaxNode[]) : asked === undefined ? [] : [asked]
      namespaces.push(...(asked === undefined ? ['common'] : list.flatMap((each) => stringOf(each) ?? [])))
    }
  }
  walkFile(file, note, (node) => node.type === 'ImportDeclaration' || isPlainAttribute(node))
  return { namespaces: namespaces.length === 0 ? null : namespaces, keys }
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)

describe('texts of the window', () => {
  it('stand in the catalogues, not in components', () => {
    expect(components.flatMap(shownTexts)).toEqual([])
  })

  it('are all used', () => {
    const used = modules.map(keysOf).flatMap(({ namespaces, keys }) =>
      keys.flatMap((key) => {
        const [first = '', second] = key.split(':')
        const places = second === undefined || !Object.hasOwn(english, first) ? (namespaces ?? Object.keys(english)) : [first]
        const name = second === undefined || !Object.hasOwn(english, first) ? key : second
        // a blank alone could be any key at all
        return name.replaceAll('\u0000', '') !== '' ? places.map((place) => `${place}.${name}`) : []
      }),
    )
    const exact = new Set(used.filter((key) => !key.includes('\u0000')))
    const patterns = used
      .filter((key) => key.includes('\u0000'))
      .map((key) => new RegExp(`^${key.split('\u0000').map(escaped).join('[^.]+')}$`, 'u'))
    const isAsked = (key: string) => exact.has(key) || patterns.some((pattern) => pattern.test(key))
    // `members_of` is `members` in another context
    const isUsed = (key: string) => isAsked(key) || isAsked(key.replace(/_[a-z]+$/u, ''))
    const unused = textsOf(english)
      .map(([path]) => path.replace(/_(?:zero|one|other)$/u, '').replace(/\.\d+$/u, ''))
      .filter((key) => !isUsed(key))
    expect([...new Set(unused)]).toEqual([])
  })

  it('are there wherever one is asked for by name', () => {
    const paths = new Set(textsOf(english).map(([path]) => path.replace(/_(?:zero|one|other)$/u, '').replace(/\.\d+$/u, '')))
    const missing: string[] = []
    for (const file of modules) {
      const { namespaces } = keysOf(file)
      walkFile(file, (node) => {
        const callee = node.type === 'CallExpression' ? (node['callee'] as SyntaxNode) : null
        const asked = callee?.['name'] === 't' ? (node['arguments'] as SyntaxNode[])[0] : undefined
        const key = asked?.type === 'Literal' ? stringOf(asked) : null
        if (key === null) return
        const places = key.includes(':') ? [key.replace(':', '.')] : (namespaces ?? Object.keys(english)).map((place) => `${place}.${key}`)
        if (!places.some((place) => paths.has(place))) missing.push(`${file.path}:${lineOf(file.text, node.start)}: ${key}`)
      })
    }
    expect(missing).toEqual([])
  })
})
