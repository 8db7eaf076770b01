/** The reference of the benchmarks: the smallest useful Fastify process, on the port given as argument. */
import fastify from 'fastify'

const app = fastify()
app.get('/api/health', () => ({ status: 'ok' }))
app.get('/small', () => 'x'.repeat(100))
await app.listen({ host: '127.0.0.1', port: Number(process.argv[2]) })
