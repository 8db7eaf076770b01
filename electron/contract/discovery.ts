import { z } from 'zod'

/** How a node was found: heard on the local network, found by a scan, or known from the address book. */
export const foundVia = z.enum(['lan', 'scan', 'joined', 'record', 'contact', 'registered', 'import', 'invite', 'recovery'])
export type FoundVia = z.infer<typeof foundVia>

/** A node that is there now, says the local network. Nothing of it is proved before it is asked over TLS. */
export const discoveredView = z.object({
  /** Node id; of an old node (Router API v0.1) its URL. */
  id: z.string(),
  kind: z.enum(['node', 'legacy']),
  name: z.string(),
  /** `mine`: in a mesh of ours · `new`: in no mesh yet · `other`: in a mesh, or an old node */
  relation: z.enum(['mine', 'new', 'other']),
  /** Names of its meshes, when it tells them. */
  meshes: z.array(z.string()),
  /** Base URLs, best first. */
  urls: z.array(z.string()),
  /** Whether this version understands its protocol. */
  compatible: z.boolean(),
  /** Each way it was found. */
  found: z.array(
    z.object({
      via: foundVia,
      url: z.string(),
      /** Interface of this machine, e.g. `eth0`, and its label; null where it does not matter. */
      interface: z.string().nullable(),
      label: z.string().nullable(),
    }),
  ),
  /** Where and when it was last reached; null while it never was. */
  reached: z.object({ url: z.string(), at: z.number() }).nullable(),
  /** Since when it is seen. */
  since: z.number(),
})
export type DiscoveredView = z.infer<typeof discoveredView>

/** An interface of this machine, best first. */
export const interfaceView = z.object({
  name: z.string(),
  kind: z.enum(['wired', 'wireless', 'vpn', 'other']),
  label: z.string(),
  /** Left out by `ignoredInterfaces`. */
  ignored: z.boolean(),
  addresses: z.array(z.string()),
  /** Whether nodes are looked for there: `none` where packets to many have no way. */
  discovery: z.enum(['on', 'off', 'failed', 'none']),
  problem: z.string().nullable(),
  /** Whose announcements arrived there. */
  heard: z.enum(['nobody', 'self', 'others']),
})
export type InterfaceView = z.infer<typeof interfaceView>

/** A look through the local subnet for nodes that do not announce themselves; begun by a person only. */
export const scanView = z.object({
  state: z.enum(['running', 'done', 'cancelled']),
  /** Addresses asked, of how many. */
  done: z.number().int(),
  total: z.number().int(),
  found: z.number().int(),
  startedAt: z.number(),
})
export type ScanView = z.infer<typeof scanView>

export const networkView = z.object({
  interfaces: z.array(interfaceView),
  /** Somebody looks at the list now. */
  looking: z.boolean(),
  scan: scanView.nullable(),
})
export type NetworkView = z.infer<typeof networkView>

/** One thing the reachability doctor looked at. */
export const finding = z.object({
  /** What was looked at, e.g. `port`, `firewall`, `mdns-eth0`. */
  id: z.string(),
  /** `unknown`: could not be found out here */
  state: z.enum(['ok', 'info', 'warning', 'problem', 'unknown']),
  /** What. */
  title: z.string(),
  /** Why it matters. */
  text: z.string(),
  /** What to do; null when there is nothing. */
  action: z.string().nullable(),
  /** A command to copy that does it. */
  command: z.string().nullable(),
})
export type Finding = z.infer<typeof finding>

export const diagnosis = z.object({ at: z.number(), findings: z.array(finding) })
export type Diagnosis = z.infer<typeof diagnosis>
