import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { licencePlugin } from './assets/licences/licence-plugin.ts'

const here = import.meta.dirname

/**
 * `debug`, which the updater brings, asks for a library that nobody declared, to write in colours where it happens to be
 * there. Here it never is: what is neither bundled nor declared would be looked for outside the archive of the program.
 */
const withoutColours = {
  name: 'without-colours',
  enforce: 'pre' as const,
  resolveId: (id: string) => (id === 'supports-color' ? '\0without-colours' : null),
  load: (id: string) => (id === '\0without-colours' ? 'export default {}' : null),
}

/** Libraries are bundled (they are devDependencies), so the packed program carries no node_modules. */
export default defineConfig({
  main: {
    plugins: [withoutColours, licencePlugin(here)],
    build: {
      outDir: 'out/main',
      target: 'node24',
      rollupOptions: {
        input: {
          main: resolve(here, 'electron/main.ts'),
          headless: resolve(here, 'electron/headless.ts'),
          cli: resolve(here, 'electron/cli/main.ts'),
          engine: resolve(here, 'electron/engine.ts'),
        },
        // the largest chunk holds what all three share; the default names it after whichever module comes first
        output: { chunkFileNames: 'chunks/shared-[hash].js' },
      },
    },
  },
  preload: {
    plugins: [licencePlugin(here)],
    build: {
      outDir: 'out/preload',
      // a sandboxed preload cannot be an ES module
      rollupOptions: { input: { preload: resolve(here, 'electron/preload.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react(), licencePlugin(here)],
    build: {
      outDir: 'out/renderer',
      minify: true,
      rollupOptions: {
        input: { index: resolve(here, 'renderer/index.html'), reload: resolve(here, 'renderer/reload.html') },
        output: {
          codeSplitting: {
            groups: [
              // csp.ts has to speak before the first schema is made: in one file with zod it does, whoever asks for that first
              { name: 'zod', test: /renderer[\\/]csp\.ts$|node_modules[\\/]zod[\\/]/u, priority: 1 },
              // what several screens share comes in one file: to ask for fifty small ones took longer than to read them
              { name: 'shared', minShareCount: 3 },
            ],
          },
        },
      },
    },
  },
})
