import { schemes, type Size, sizes } from './show.ts'
import type { Shot } from './shot.ts'

/** All pictures of the shots on one page, each with its name, to be looked through from top to bottom. */
export function contactSheet(shots: readonly Shot[]): string {
  const pictures = (name: string) =>
    (Object.keys(sizes) as Size[]).flatMap((size) =>
      schemes.map(
        (scheme) => `<a href="${name}-${size}-${scheme}.png"><img loading="lazy" alt="" src="${name}-${size}-${scheme}.png"></a>`,
      ),
    )
  const rows = shots.map(({ name }) => `<h2>${name}</h2><div>${pictures(name).join('')}</div>`)
  return `<!doctype html><meta charset="utf-8"><title>Screens</title>
<style>body{font:14px system-ui;margin:24px}div{display:flex;gap:8px;align-items:start}img{height:360px;border:1px solid gray}</style>
${rows.join('\n')}\n`
}
