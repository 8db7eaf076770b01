/** More crashes than this within this time (ms) are a loop: whoever loads the page again only sees it crash again. */
const most = 3
const within = 60_000

/** Tells a crash from a crash loop. Called at each crash with the time of a clock that never goes back (ms); true: stop. */
export function createCrashLoop(): (now: number) => boolean {
  let times: number[] = []
  return (now) => {
    times = [...times.filter((time) => now - time < within), now]
    return times.length > most
  }
}
