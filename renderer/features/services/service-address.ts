/**
 * Where a program on this computer reaches a service of the mesh: always on loopback, whoever shares it.
 * `mesh` and `peer` are names or ids, or "any".
 */
export const serviceAddress = (port: number, mesh: string, peer: string, service: string): string =>
  `http://127.0.0.1:${port}/services/${encodeURIComponent(mesh)}/${encodeURIComponent(peer)}/${encodeURIComponent(service)}/`
