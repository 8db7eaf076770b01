import { describe, expect, it } from 'vitest'
import { createRouteTable } from '../../../../electron/agent/api/route-table.ts'

describe('the methods of a path', () => {
  const table = createRouteTable()
  table.add(['GET', 'HEAD'], '/api/services/:id')
  table.add('POST', '/api/services/register')
  table.add('GET', '/*')

  it.each([
    ['/api/services/minio', ['GET', 'HEAD']],
    ['/api/services/register', ['GET', 'HEAD', 'POST']],
    ['/api/services/', []],
    ['/api/services/a/b', []],
    ['/', []],
  ])('%s has %j', (path, methods) => expect(table.methodsOf(path)).toEqual(methods))
})
