import { createHttpProvider } from '../http-provider.ts'

export const archiveProvider = createHttpProvider('archive', 'any HTTP service that keeps archives')
