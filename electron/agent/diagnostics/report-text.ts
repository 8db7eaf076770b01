/** The report as lines that people can read. Pure. */
import type { DiagnosticsSection } from '../../contract/diagnostics.ts'
import type { Report } from './report.ts'

const titles: Record<DiagnosticsSection['id'], string> = {
  program: 'Program and computer',
  settings: 'Settings',
  state: 'State',
  health: 'Health warnings',
  network: 'Network',
  peers: 'Peers',
  findings: 'Why others may not reach this node',
  log: 'Last lines of the log',
}

const order = Object.keys(titles) as (keyof typeof titles)[]

export const reportSections = (report: Report): DiagnosticsSection[] =>
  order.map((id) => ({ id, title: titles[id], text: textOf(report[id]).join('\n') || 'none' }))

type Value = string | number | boolean | null | undefined | readonly Value[] | { readonly [name: string]: Value }

const isScalar = (value: Value) => typeof value !== 'object' || value === null
const isList = (value: Value): value is readonly Value[] => Array.isArray(value)

/** One line for each fact; an entry of a list begins with a dash, and what is in it is indented. */
function textOf(value: Value): string[] {
  if (isList(value)) return value.flatMap((entry) => (isScalar(entry) ? [String(entry)] : dashed(textOf(entry))))
  if (typeof value !== 'object' || value === null) return [String(value)]
  return Object.entries(value).flatMap(([name, each]) => fact(name, each))
}

function fact(name: string, value: Value): string[] {
  if (value === undefined) return []
  if (isScalar(value)) return [`${name}: ${String(value ?? 'none')}`]
  if (isList(value) && value.every(isScalar)) return [`${name}: ${value.length === 0 ? 'none' : value.map(String).join(', ')}`]
  return [`${name}:`, ...textOf(value).map((line) => `  ${line}`)]
}

const dashed = ([first = '', ...rest]: string[]) => [`- ${first}`, ...rest.map((line) => `  ${line}`)]
