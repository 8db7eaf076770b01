import { keepsPromises } from './promises.ts'

keepsPromises('machine')
