import { keepsPromises } from './promises.ts'

keepsPromises('loss')
