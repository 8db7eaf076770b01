import { keepsPromises } from './promises.ts'

keepsPromises('growth')
