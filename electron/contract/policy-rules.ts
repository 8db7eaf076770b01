import type { PolicyRules } from './routing.ts'

/** The same rules without what says nothing: empty lists, restrictions that are off. Two that mean the same become equal. */
export function tidyRules({ preferredNodes, fallbackNodes, onlyDirect, avoidMetered, ...rest }: PolicyRules): PolicyRules {
  const said = Object.entries(rest).filter(([, value]) => value !== undefined)
  return {
    ...(preferredNodes?.length ? { preferredNodes } : {}),
    ...(fallbackNodes?.length ? { fallbackNodes } : {}),
    ...Object.fromEntries(said),
    ...(onlyDirect ? { onlyDirect } : {}),
    ...(avoidMetered ? { avoidMetered } : {}),
  }
}

/** Whether there is any rule. */
export const saysAnything = (rules: PolicyRules): boolean => Object.keys(tidyRules(rules)).length > 0
