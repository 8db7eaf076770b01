/**
 * Which way imports go. A path that ends in "/" means everything below it; `npm:` is a package, `node:` Node's own
 * modules. Each rule says why it is there; README shows the same table in words.
 */
interface Rule {
  /** Files the rule is about. */
  files: string[]
  /** Files the rule is not about after all. */
  except?: string[]
  /** Everything these files may import: nothing else. */
  only?: string[]
  /** What they must not import. */
  never?: string[]
  reason: string
  /** The part is built later; the mark is taken away when its files appear. */
  later?: true
}

const electronPackages = ['npm:electron', 'npm:electron-store', 'npm:electron-updater']
const windowPackages = ['npm:react', 'npm:react-dom', 'npm:zustand', 'npm:@mantine/core', 'npm:@mantine/hooks', 'npm:wouter']
const entries = ['electron/main.ts', 'electron/headless.ts', 'electron/preload.ts']

/** Parts of the agent that know each other only as interfaces in components.ts. */
export const parts = [
  'api',
  'audit',
  'capabilities',
  'diagnostics',
  'discovery',
  'doctor',
  'legacy',
  'membership',
  'models',
  'policies',
  'programs',
  'relay',
  'resources',
  'route-log',
  'routing',
  'services',
  'sharing',
  'transport',
].map((name) => `electron/agent/${name}/`)

export const importRules: Rule[] = [
  {
    files: ['electron/contract/'],
    only: ['electron/contract/', 'npm:zod'],
    reason: 'every side loads the contract, the sandboxed page included',
  },
  {
    files: ['electron/agent/'],
    never: [...entries, 'electron/ipc/', 'electron/shell/', 'electron/cli/', 'renderer/', ...electronPackages, ...windowPackages],
    reason: 'the agent is the whole node and runs where there is no Electron and no window',
  },
  {
    files: ['electron/agent/support/'],
    only: ['electron/agent/support/', 'electron/agent/errors.ts', 'node:', 'npm:'],
    reason: 'support knows nothing of meshes',
  },
  {
    files: ['electron/agent/components.ts', 'electron/agent/errors.ts'],
    never: parts,
    reason: 'interfaces do not know who implements them',
  },
  {
    files: ['electron/agent/discovery/'],
    never: ['electron/agent/membership/'],
    reason: 'a sighting is no member: only the composition root brings the two together',
  },
  {
    files: ['electron/agent/membership/'],
    never: ['electron/agent/discovery/'],
    reason: 'membership trusts signed records, never a sighting',
  },
  {
    files: ['electron/agent/capabilities/'],
    never: ['electron/agent/routing/', 'electron/agent/api/', 'electron/agent/transport/', 'electron/agent/membership/'],
    reason: 'a provider does its one thing and does not know how requests reach it',
  },
  {
    files: ['electron/agent/dialects/'],
    only: ['electron/agent/dialects/', 'electron/agent/support/', 'electron/agent/errors.ts', 'electron/contract/', 'node:', 'npm:zod'],
    reason: 'it only reads and writes: whoever has the bytes, a server, an engine’s client or a test, can use it',
  },
  {
    files: ['electron/agent/route-log/'],
    only: [
      'electron/agent/route-log/',
      'electron/agent/support/',
      'electron/agent/components.ts',
      'electron/agent/errors.ts',
      'electron/agent/route-log-components.ts',
      'electron/contract/',
      'node:sqlite',
      'npm:zod',
    ],
    reason: 'it is told what was routed and asks nobody: a request must not be able to wait for its log',
  },
  {
    files: ['electron/ipc/'],
    never: ['electron/shell/', 'electron/cli/', 'renderer/', ...parts],
    reason: 'IPC binds the contract; it reaches the node through node.ts',
  },
  {
    files: ['electron/shell/'],
    never: ['electron/cli/', 'renderer/', ...parts],
    reason: 'tray and windows are faces: they read the snapshot and make calls',
  },
  {
    files: ['electron/cli/'],
    never: ['electron/ipc/', 'electron/shell/', 'renderer/', 'electron/agent/node.ts', ...parts, ...electronPackages],
    reason: 'the command talks to the running node only, and starts where there is no Electron',
  },
  {
    files: ['electron/headless.ts'],
    never: ['electron/ipc/', 'electron/shell/', 'renderer/', ...electronPackages],
    reason: 'a NAS has no Electron',
  },
  {
    files: ['electron/preload.ts'],
    only: ['electron/contract/', 'electron/ipc/', 'npm:electron'],
    reason: 'it runs in the sandbox of the page and exposes the contract, nothing else',
  },
  {
    files: ['renderer/'],
    never: [
      'node:',
      ...electronPackages,
      'npm:undici',
      'npm:fastify',
      'npm:conf',
      ...entries,
      'electron/agent/',
      'electron/ipc/',
      'electron/shell/',
      'electron/cli/',
    ],
    reason: 'the page knows the contract and a browser, nothing of this computer',
  },
  {
    files: ['renderer/bridge/'],
    never: ['renderer/store/', 'renderer/features/', 'renderer/ui/'],
    reason: 'the bridge is the door: it carries state and keeps none',
  },
  {
    files: ['renderer/store/'],
    never: ['renderer/features/'],
    reason: 'features read the store, never the other way round',
  },
  {
    files: ['renderer/ui/'],
    never: ['renderer/bridge/', 'renderer/store/', 'renderer/features/'],
    reason: 'ui knows React only, so that any feature can use it',
  },
  {
    files: ['electron/', 'renderer/', 'assets/'],
    never: ['test/'],
    reason: 'the product never depends on its tests; so the gallery, which shows its fixtures, is in test/',
  },
  {
    files: ['test/gallery/'],
    except: ['test/gallery/vite.config.ts'],
    never: [
      'node:',
      ...electronPackages,
      'electron/agent/',
      'electron/ipc/',
      'electron/shell/',
      'electron/cli/',
      'test/e2e/',
      'test/support/',
    ],
    reason: 'the gallery runs in a browser and knows what the window knows',
  },
]

/** Folders whose subfolders never import each other. */
export const strangers = [
  { folder: 'renderer/features/', reason: 'a screen can be taken away without touching another' },
  { folder: 'electron/agent/capabilities/', reason: 'a provider can be taken away without touching another' },
]
