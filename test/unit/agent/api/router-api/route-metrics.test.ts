import { Registry } from 'prom-client'
import { expect, it } from 'vitest'
import { addRouteMetrics } from '../../../../../electron/agent/api/router-api/route-metrics.ts'
import { arrived, attic, carried, createRouteLogBench } from '../../../../fakes/route-log.ts'

it('says what was routed in the Prometheus form, as of the moment it is asked', async () => {
  const { routeLog, clock } = await createRouteLogBench()
  const registry = new Registry()
  addRouteMetrics(registry, routeLog)
  carried(routeLog)
  const running = routeLog.open(arrived())
  running.sentTo({ ...attic, path: 'direct' })
  const labels = 'direction="to",what="capability:ai",peer="ATTIC"'
  const first = (await registry.metrics()).split('\n')
  expect(first).toContain(`fcn_routed_requests_total{${labels},result="ok"} 1`)
  expect(first).toContain(`fcn_routed_bytes_total{${labels},part="answer"} 90`)
  expect(first).toContain(`fcn_routed_requests_in_flight{${labels}} 1`)
  expect(first).toContain(`fcn_routed_retries_total{${labels}} 0`)

  await clock.advance(30)
  running.ended({ bytesIn: 0, bytesOut: 0, code: 'timeout', cancelled: false })
  const second = (await registry.metrics()).split('\n')
  expect(second).toContain(`fcn_routed_requests_total{${labels},result="failed"} 1`)
  expect(second).toContain(`fcn_routed_requests_in_flight{${labels}} 0`)
  expect(second).toContain('# TYPE fcn_routed_request_duration_seconds histogram')
  const timed = 'direction="to",what="capability:ai"'
  expect(second).toContain(`fcn_routed_request_duration_seconds_bucket{${timed},le="0.025"} 1`)
  expect(second).toContain(`fcn_routed_request_duration_seconds_bucket{${timed},le="0.05"} 2`)
  expect(second).toContain(`fcn_routed_request_duration_seconds_bucket{${timed},le="+Inf"} 2`)
  expect(second).toContain(`fcn_routed_request_duration_seconds_count{${timed}} 2`)
  expect(second).toContain(`fcn_routed_request_duration_seconds_sum{${timed}} 0.03`)
})
