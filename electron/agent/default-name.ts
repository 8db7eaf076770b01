import { hostname } from 'node:os'
import { displayName } from '../contract/settings.ts'

/** Name of a node until its user gives one: the machine's, without its domain. */
export function defaultName(host: string = hostname()): string {
  return displayName.safeParse(host.split('.')[0]).data ?? 'This computer'
}
