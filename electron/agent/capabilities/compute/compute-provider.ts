import { createHttpProvider } from '../http-provider.ts'

export const computeProvider = createHttpProvider('compute', 'any HTTP service that runs jobs')
