import { z } from 'zod'

/**
 * `mesh.json` of the Router API v0.1: exported, imported and exchanged by hub sync. Every object is loose: fields this
 * program does not know survive a round trip.
 */
const text = z.string().max(2048)
const id = z.string().min(1).max(2048)

/** Longest mesh.json that is sent or taken in hub sync, bytes: the thousand nodes it may hold stay far below. */
export const maxMeshFile = 8 * 1024 * 1024

export const meshFileNode = z.looseObject({
  id,
  name: text,
  role: text.optional(),
  url: text.optional(),
  capabilities: z.union([z.array(text).max(64), text]).optional(),
  resources: z.looseObject({}).optional(),
  services: z.array(z.looseObject({})).max(256).optional(),
  status: text.optional(),
  lastSeen: text.optional(),
})
export type MeshFileNode = z.infer<typeof meshFileNode>

export const meshFile = z.looseObject({
  meshName: text.optional(),
  meshVersion: text.optional(),
  lastUpdated: text.optional(),
  nodes: z.array(meshFileNode).max(1000).default([]),
  routes: z.array(z.looseObject({})).max(10_000).optional(),
  policies: z.looseObject({}).optional(),
})
export type MeshFile = z.infer<typeof meshFile>
