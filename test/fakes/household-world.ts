import { createMeshWorld, type Machine } from './mesh-world.ts'

/** Machines in one mesh called Home who all see each other; the first is its founder. */
export async function createHouseholdWorld<const N extends readonly string[]>(...names: N) {
  const world = createMeshWorld()
  const machines: Machine[] = []
  for (const name of names) machines.push(await world.machine(name))
  const [founder, ...others] = machines as [Machine, ...Machine[]]
  const mesh = (await founder.node.createMesh('Home')).id
  for (const each of others) await world.admit(each, founder)
  await world.until(() => machines.every(({ node }) => node.meshes()[0]?.online === machines.length), 20_000)
  return { world, mesh, machines: machines as { [K in keyof N]: Machine } }
}
