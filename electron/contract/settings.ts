import { z } from 'zod'

/** A name people give: 1 to 64 characters, no control characters; never identity. */
export const displayName = z
  .string()
  .trim()
  .min(1, 'a name has at least one character')
  .max(64, 'a name has at most 64 characters')
  // oxlint-disable-next-line no-control-regex -- control and bidi override characters could disguise a name
  .regex(/^[^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]*$/u, 'a name has no control characters')

export const port = z.number().int().min(1).max(65535)

/** Virtual bridges whose addresses mean nothing to other machines; a user may change the list. */
export const usuallyIgnored = [
  ...['docker*', 'br-*', 'veth*', 'virbr*', 'vmnet*', 'vboxnet*', 'lxc*', 'lxd*', 'cni*', 'flannel*', 'cali*', 'podman*'],
  ...['bridge100', 'vEthernet*'],
]

/** Names of interfaces, `*` for any characters. */
const interfacePatterns = z
  .array(
    z
      .string()
      .trim()
      .min(1)
      .max(64)
      .regex(/^[\p{L}\p{N}\p{P}\p{S} ]+$/u, 'a name of an interface has no control characters'),
  )
  .max(64)

/** Host, or host and port, as in `home.example.org:3000`; a literal IPv6 address has brackets. */
const otherAddress = z
  .string()
  .trim()
  .max(260)
  .regex(
    /^(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::[1-9]\d{0,4})?$/iu,
    'an address is a host, or a host and a port: home.example.org:3000',
  )
  .refine((text) => !/:\d+$/u.test(text) || Number(text.split(':').at(-1)) <= 65_535, 'a port is at most 65535')

/** What a user can change; kept in `settings.json`. Absent optional fields mean "not chosen by the user". */
export const settings = z.object({
  /** Name of this computer in its meshes. */
  name: displayName,
  /** TCP port chosen by the user; absent: 3000 or the next free one up to 3019. */
  port: port.optional(),
  /** Address to listen on; absent: every interface. Loopback is always listened on. */
  host: z.union([z.ipv4(), z.ipv6()]).optional(),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** A BCP 47 tag, or `system`: the language the system or the browser asks for. A tag that the window does not have is shown in English. */
  language: z.string().min(2).max(35).default('system'),
  logLevel: z.enum(['error', 'warn', 'info', 'debug']).default('info'),
  /** No plain HTTP beyond this computer: legacy peers are neither asked nor answered. */
  encryptedPeersOnly: z.boolean().default(false),
  /** Programs on this computer need the API key for services and capabilities too. */
  localUseNeedsKey: z.boolean().default(false),
  /** The desktop app wraps the keys with the system's key store where there is one; off: files only their owner can read. */
  protectKeys: z.boolean().default(true),
  /** The audit log keeps entries for so many days … */
  auditDays: z.number().int().min(1).max(3650).default(365),
  /** … and at most so many, of about 300 bytes each. */
  auditEntries: z.number().int().min(1_000).max(1_000_000).default(100_000),
  /** Others on the local network see that this computer is a node, its name and address … */
  beSeen: z.boolean().default(true),
  /** … and the names of its meshes. */
  tellMeshNames: z.boolean().default(false),
  /** Listens for other nodes on the local network, and asks for them. */
  lookAround: z.boolean().default(true),
  /** Interfaces that are neither looked on nor told to others, `*` for any characters. */
  ignoredInterfaces: interfacePatterns.default(usuallyIgnored),
  /** Whether this computer's connection is paid by volume: others then spare it. `auto`: as it looks. */
  metered: z.enum(['auto', 'yes', 'no']).default('auto'),
  /** The router is asked to let the internet reach this node's port. */
  portMapping: z.boolean().default(false),
  /** An installed desktop app looks for newer versions of itself and installs them; off: only when a person says so. */
  automaticUpdates: z.boolean().default(true),
  /** Where others reach this computer although it cannot know: a port forwarded by hand, a name. Told to members after its own. */
  otherAddresses: z.array(otherAddress).max(4).default([]),
  /** The desktop app says what closing its window means; off once it has been said. */
  tellClosing: z.boolean().default(true),
  /** Notifications of the system: somebody asks to join; a capability does not work … */
  notifyRequests: z.boolean().default(true),
  notifyCapabilities: z.boolean().default(true),
  /** … a peer is offline. In a household that is no news. */
  notifyPeers: z.boolean().default(false),
  /** The desktop app keeps the computer from falling asleep while peers have work done here; never on battery. */
  keepAwake: z.boolean().default(true),
})
export type Settings = z.infer<typeof settings>

/** A change to settings; `null` takes a choice back (the port is free to move again). */
export const settingsChange = z
  .object({
    name: displayName,
    port: port.nullable(),
    host: z.union([z.ipv4(), z.ipv6()]).nullable(),
    theme: settings.shape.theme.unwrap(),
    language: settings.shape.language.unwrap(),
    logLevel: settings.shape.logLevel.unwrap(),
    encryptedPeersOnly: z.boolean(),
    localUseNeedsKey: z.boolean(),
    protectKeys: z.boolean(),
    auditDays: settings.shape.auditDays.unwrap(),
    auditEntries: settings.shape.auditEntries.unwrap(),
    beSeen: z.boolean(),
    tellMeshNames: z.boolean(),
    lookAround: z.boolean(),
    ignoredInterfaces: interfacePatterns.nullable(),
    metered: settings.shape.metered.unwrap(),
    portMapping: z.boolean(),
    automaticUpdates: z.boolean(),
    otherAddresses: settings.shape.otherAddresses.unwrap(),
    tellClosing: z.boolean(),
    notifyRequests: z.boolean(),
    notifyCapabilities: z.boolean(),
    notifyPeers: z.boolean(),
    keepAwake: z.boolean(),
  })
  .partial()
  .strict()
export type SettingsChange = z.infer<typeof settingsChange>
