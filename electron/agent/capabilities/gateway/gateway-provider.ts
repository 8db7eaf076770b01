import { createHttpProvider } from '../http-provider.ts'

export const gatewayProvider = createHttpProvider('gateway', 'any HTTP service that leads to the internet')
