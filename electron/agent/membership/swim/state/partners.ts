import type { Random } from '../../../support/random.ts'
import type { Member } from './member.ts'
import type { MemberTable } from './member-table.ts'

/** Guesses per partner before the table is searched from one end to the other. */
const guesses = 8

/** Up to `count` different members for which `suits` holds, at random; quick when many of the table do. */
export function choosePartners(
  table: Pick<MemberTable, 'at' | 'size'>,
  { count, random, suits }: { count: number; random: Random; suits: (member: Member) => boolean },
): Member[] {
  const chosen = new Set<Member>()
  const place = () => Math.floor(random.fraction() * table.size)
  for (let guess = 0; guess < count * guesses && chosen.size < count && table.size > 0; guess++) {
    const member = table.at(place())
    if (suits(member)) chosen.add(member)
  }
  const start = chosen.size < count ? place() : 0
  for (let step = 0; step < table.size && chosen.size < count; step++) {
    const member = table.at((start + step) % table.size)
    if (suits(member)) chosen.add(member)
  }
  return [...chosen]
}
