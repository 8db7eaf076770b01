/** Options that say when a capability is shared, and the text that shows it. */
import { type Command, InvalidArgumentError } from 'commander'
import { FcnError } from '../agent/errors.ts'
import { defaultConditions, type SharingConditions, sharingConditions, type SharingHours } from '../contract/sharing.ts'
import { byteCountOrNone, byteText, countUpTo, durationWithin } from './argument.ts'
import { aligned } from './table.ts'

export interface ConditionOptions {
  inUse?: boolean
  idle?: number
  battery?: boolean
  hours?: Omit<SharingHours, 'days'> | 'always'
  days?: number[]
  keepDisk?: number | 'none'
  processor?: number | 'none'
  keepMemory?: number | 'none'
}

const minute = 60_000
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const everyDay = [0, 1, 2, 3, 4, 5, 6]

export function addConditionOptions(command: Command, prefix: string): Command {
  const bytes = byteCountOrNone(1, 2 ** 50)
  return command
    .option('--in-use <yes|no>', `${prefix}also while somebody uses this computer`, yesOrNo)
    .option('--idle <time>', `${prefix}untouched for so long it is not in use, e.g. 10min`, durationWithin('1min', '240min'))
    .option('--battery <yes|no>', `${prefix}also on battery`, yesOrNo)
    .option('--hours <from-until>', `${prefix}hours of the day, e.g. 22:00-6:00; always for no hours`, hoursOfDay)
    .option('--days <days>', `${prefix}on which the hours begin, e.g. mon-fri or sat,sun; without it every day`, daysOfWeek)
    .option('--keep-disk <bytes>', `${prefix}so much of the disk stays free, e.g. 50GB; or none`, bytes)
    .option('--processor <percent>', `${prefix}the processor is busy by no more than this; or none`, percentOrNone)
    .option('--keep-memory <bytes>', `${prefix}so much memory stays free, e.g. 4GB; or none`, bytes)
}

/** The conditions that were named; undefined: none was. Throws `usage`. */
export function conditionsFrom(options: ConditionOptions): Partial<SharingConditions> | undefined {
  const { inUse, idle, battery, hours, days, keepDisk, processor, keepMemory } = options
  if (days !== undefined && (hours === undefined || hours === 'always')) {
    throw new FcnError('usage', 'Days need the hours that begin on them.', { action: 'Add, for example: --hours 22:00-6:00' })
  }
  const orNull = (value: number | 'none') => (value === 'none' ? null : value)
  const named = {
    ...(inUse !== undefined && { whileInUse: inUse }),
    ...(idle !== undefined && { idleMinutes: Math.round(idle / minute) }),
    ...(battery !== undefined && { onBattery: battery }),
    ...(hours !== undefined && { hours: hours === 'always' ? null : { ...hours, days: days ?? everyDay } }),
    ...(keepDisk !== undefined && { keepFreeDisk: orNull(keepDisk) }),
    ...(processor !== undefined && { processorBelow: orNull(processor) }),
    ...(keepMemory !== undefined && { keepFreeMemory: orNull(keepMemory) }),
  }
  return Object.keys(named).length > 0 ? sharingConditions.partial().parse(named) : undefined
}

/** Each condition by the name of its option, with the value that the option takes. */
export function conditionsText(conditions: SharingConditions): string {
  const usual = valuesOf(defaultConditions)
  const meanings = {
    'in-use': 'also while somebody uses this computer',
    idle: 'untouched for so long it is not in use',
    battery: 'also on battery',
    hours: 'of the day',
    days: 'on which the hours begin',
    'keep-disk': 'of the disk stays free',
    processor: 'percent the processor is busy at most',
    'keep-memory': 'of memory stays free',
  }
  const values = valuesOf(conditions)
  return aligned(
    Object.entries(meanings).map(([name, meaning]) => {
      const key = name as keyof typeof meanings
      return [name, values[key], meaning, values[key] === usual[key] ? '' : `(usually ${usual[key]})`]
    }),
  )
}

function valuesOf({ whileInUse, idleMinutes, onBattery, hours, keepFreeDisk, processorBelow, keepFreeMemory }: SharingConditions) {
  const word = (is: boolean) => (is ? 'yes' : 'no')
  const bytes = (amount: number | null) => (amount === null ? 'none' : byteText(amount))
  return {
    'in-use': word(whileInUse),
    idle: `${idleMinutes}min`,
    battery: word(onBattery),
    hours: hours === null ? 'always' : `${clock(hours.from)}-${clock(hours.until)}`,
    days:
      hours === null || hours.days.length === 7
        ? 'every'
        : [...hours.days]
            .toSorted((a, b) => a - b)
            .map((day) => weekdays[day])
            .join(','),
    'keep-disk': bytes(keepFreeDisk),
    processor: processorBelow === null ? 'none' : String(processorBelow),
    'keep-memory': bytes(keepFreeMemory),
  }
}

const clock = (minutes: number) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`

function yesOrNo(text: string): boolean {
  if (text !== 'yes' && text !== 'no') throw new InvalidArgumentError('It is yes or no.')
  return text === 'yes'
}

function percentOrNone(text: string): number | 'none' {
  return text === 'none' ? text : countUpTo(100, 1)(text.replace(/%$/u, ''))
}

function hoursOfDay(text: string): Omit<SharingHours, 'days'> | 'always' {
  if (text === 'always') return text
  const [, from, until] = /^(\d{1,2}:\d\d)-(\d{1,2}:\d\d)$/u.exec(text.trim()) ?? []
  const minuteOf = (time: string | undefined) => {
    const [hours = NaN, minutes = NaN] = (time ?? '').split(':').map(Number)
    return hours < 24 && minutes < 60 ? hours * 60 + minutes : null
  }
  const [begin, end] = [minuteOf(from), minuteOf(until)]
  if (begin === null || end === null) throw new InvalidArgumentError('Give two times, 22:00-6:00, or always.')
  return { from: begin, until: end }
}

/** `mon-fri`, `sat,sun`, `fri-mon`. */
function daysOfWeek(text: string): number[] {
  const days = new Set<number>()
  for (const part of text.toLowerCase().split(',')) {
    const [first, last = first] = part
      .trim()
      .split('-')
      .map((name) => weekdays.indexOf(name.slice(0, 3)))
    if (first === undefined || last === undefined || first < 0 || last < 0) {
      throw new InvalidArgumentError('Give days such as mon-fri or sat,sun.')
    }
    for (let day = first; ; day = (day + 1) % 7) {
      days.add(day)
      if (day === last) break
    }
  }
  return [...days].toSorted((a, b) => a - b)
}
