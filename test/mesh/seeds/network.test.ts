import { keepsPromises } from './promises.ts'

keepsPromises('network')
