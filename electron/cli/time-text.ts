const steps = [
  { unit: 'd', ms: 86_400_000 },
  { unit: 'h', ms: 3_600_000 },
  { unit: 'min', ms: 60_000 },
  { unit: 's', ms: 1000 },
] as const

/** How long before `now` (both ms since 1970) it was: `just now`, `40 s ago`, `3 h ago`. */
export function ago(time: number, now: number): string {
  const passed = now - time
  const step = steps.find(({ ms }) => passed >= ms)
  return step ? `${Math.floor(passed / step.ms)} ${step.unit} ago` : 'just now'
}

/** How long after `now` it is, rounded down: `in 23 h`, or `now` when it has come. */
export function ahead(time: number, now: number): string {
  const step = steps.find(({ ms }) => time - now >= ms)
  return step ? `in ${Math.floor((time - now) / step.ms)} ${step.unit}` : 'now'
}

/** Local time to the second, sortable: `2026-11-22 16:14:03`. */
export function stamp(time: number): string {
  const date = new Date(time)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}
