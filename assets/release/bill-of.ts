import type { Library } from '../../renderer/features/about/licence-list.ts'

interface Component {
  name: string
  group?: string
  version: string
  scope?: string
  [more: string]: unknown
}

/** A CycloneDX document, as far as it is read here; the rest is passed on. */
export interface Bill {
  components?: Component[]
  [more: string]: unknown
}

const nameOf = ({ name, group }: Pick<Component, 'name' | 'group'>) => (group === undefined || name.startsWith('@') ? name : `${group}/${name}`)

/**
 * The bill with the scope of each component: `required` when it is in the packed program, `excluded` ("not needed at run
 * time, such as a tool") when it is not. Throws when a library of the program is missing from it.
 */
export function billOf(bill: Bill, packed: readonly Pick<Library, 'name' | 'version'>[]): Bill {
  const inside = new Set(packed.map(({ name, version }) => `${name}@${version}`))
  const components = (bill.components ?? []).map((component) => {
    const required = inside.delete(`${nameOf(component)}@${component.version}`)
    return { ...component, scope: required ? 'required' : 'excluded' }
  })
  if (inside.size > 0) throw new Error(`The lock file does not have ${[...inside].join(', ')}, which is in the program.`)
  return { ...bill, components }
}
