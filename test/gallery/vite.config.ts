import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { licencePlugin } from '../../assets/licences/licence-plugin.ts'

const here = import.meta.dirname

/** The gallery has a page and a build of its own: nothing of it gets into `out/renderer`, which is what the product ships. */
export default defineConfig({
  root: here,
  base: './',
  publicDir: join(here, '../../renderer/public'),
  // beside what is built, so that nothing is written into node_modules
  cacheDir: join(here, '../../out/.gallery'),
  plugins: [react(), licencePlugin(join(here, '../..'))],
  server: { host: '127.0.0.1', open: false },
})
