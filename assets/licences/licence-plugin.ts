import type { Plugin } from 'vite'
import { unlisted } from './bundled-packages.ts'
import { collectLicences } from './collect-licences.ts'

const name = 'virtual:licences'
const resolved = `\0${name}`

/**
 * Gives the page `virtual:licences`, and fails a build that bundles a library which is not in it. One for each of the three
 * builds: the list is the same, what is bundled is not.
 */
export function licencePlugin(root: string): Plugin {
  const licences = collectLicences(root)
  const listed = new Set(licences.libraries.map((library) => library.name))
  return {
    name: 'licences',
    resolveId: (id) => (id === name ? resolved : null),
    load: (id) => (id === resolved ? `export default ${JSON.stringify(licences)}` : null),
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((output) => (output.type === 'chunk' ? output.moduleIds : []))
      const missing = unlisted(modules, listed)
      if (missing.length > 0) this.error(`These libraries are bundled and their licences are not listed: ${missing.join(', ')}`)
    },
  }
}
