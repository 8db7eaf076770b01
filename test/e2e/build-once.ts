import { join } from 'node:path'
import { ensureBuilt } from '../../electron/checkout/build.mjs'

/** End-to-end tests run the built program; it is built once before them, when it is older than its sources. */
export default (): Promise<void> => ensureBuilt(join(import.meta.dirname, '../..'))
