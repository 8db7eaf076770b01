/** A policy while it is edited: every field has a value. Pure. */
import { tidyRules } from '../../../electron/contract/policy-rules.ts'
import type { LoadBalancing, PolicyRules } from '../../../electron/contract/routing.ts'

export interface PolicyDraft {
  preferred: readonly string[]
  fallback: readonly string[]
  balance: LoadBalancing | null
  replication: number | null
  onlyDirect: boolean
  avoidMetered: boolean
  /** ms */
  maxDistance: number | null
}

export const draftOf = (rules: PolicyRules | null): PolicyDraft => ({
  preferred: rules?.preferredNodes ?? [],
  fallback: rules?.fallbackNodes ?? [],
  balance: rules?.loadBalancing ?? null,
  replication: rules?.replication ?? null,
  onlyDirect: rules?.onlyDirect ?? false,
  avoidMetered: rules?.avoidMetered ?? false,
  maxDistance: rules?.maxDistance ?? null,
})

export function rulesOf({ preferred, fallback, balance, replication, onlyDirect, avoidMetered, maxDistance }: PolicyDraft): PolicyRules {
  return tidyRules({
    ...{ preferredNodes: [...preferred], fallbackNodes: [...fallback], onlyDirect, avoidMetered },
    ...(balance !== null && { loadBalancing: balance }),
    ...(replication !== null && { replication }),
    ...(maxDistance !== null && { maxDistance }),
  })
}

/** Whether two drafts come to the same rules. */
export const meansTheSame = (a: PolicyDraft, b: PolicyDraft): boolean => JSON.stringify(rulesOf(a)) === JSON.stringify(rulesOf(b))

/** Whole number from a field that may be empty; null for anything that is none between 1 and `most`. */
export function countIn(value: string | number, most: number): number | null {
  const count = typeof value === 'number' ? value : Number.parseInt(value, 10)
  return Number.isInteger(count) && count >= 1 ? Math.min(count, most) : null
}
