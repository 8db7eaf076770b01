/** Language models of all meshes. A "model" is a program's knowledge, e.g. llama3.2; an "engine" is a program that runs models, e.g. Ollama. */
export const models = {
  title: 'Models',
  /** `url` is an address on this computer. */
  subtitle_zero: 'No model can be used now. Programs on this computer ask {{url}}.',
  subtitle_one: '{{count}} model can be used. Programs on this computer ask {{url}}.',
  subtitle_other: '{{count}} models can be used. Programs on this computer ask {{url}}.',
  /** While the node does not answer: what was known last. */
  subtitleLast_zero: 'No model could be used when the node last answered.',
  subtitleLast_one: '{{count}} model could be used when the node last answered.',
  subtitleLast_other: '{{count}} models could be used when the node last answered.',
  tabs: 'Parts of this screen',
  tab: { models: 'Models', programs: 'For programs', usage: 'Usage' },
  search: 'Search models',
  searchHint: 'Name, size, computer',
  filterBy: 'Show which models',
  filter: {
    all: 'All',
    loaded: 'Loaded',
    chat: 'Chat',
    tools: 'Tools',
    vision: 'Images',
    embedding: 'Embedding',
    away: 'Not now',
  },
  noneFits: 'No model fits.',
  showAll: 'Show all',
  /** Above the list. */
  enginesDown: 'Engines of this computer that do not work now: {{list}}.',
  /** Read aloud for a row; `said` is all that it shows. */
  openDetails: 'Open {{name}}: {{said}}',
  /** Names that the user gave it. */
  alsoCalled: 'called {{names}}',
  /** What a model can do. "Embedding": turns text into numbers by which texts are compared. "Tools": can call functions. */
  use: { chat: 'Chat', completion: 'Completion', embedding: 'Embedding', vision: 'Images', tools: 'Tools' },
  /** "Loaded": is in memory. */
  standing: {
    loaded: 'Loaded',
    ready: 'Ready',
    no_memory: 'Too little memory there now',
    budget_spent: 'Tokens of today are spent there',
  },
  standingHelp: {
    loaded: 'Loaded: its first word comes soon.',
    ready: 'Ready: it is loaded when it is asked, which takes a moment.',
  },
  nowhere: 'Nowhere now',
  onThis: 'On this computer',
  on: 'On {{node}}',
  onSeveral_one: 'On {{count}} computer',
  onSeveral_other: 'On {{count}} computers',
  /** Speed; `rate` is a number. A token is about three quarters of a word. */
  tokenRate: '{{rate}} tokens/s',
  /** `time` as in 210 ms: from the question to the beginning of the answer. */
  firstWord: 'first word after {{time}}',
  busyThere_one: '{{count}} request there now',
  busyThere_other: '{{count}} requests there now',
  tokens_one: '{{count}} token',
  tokens_other: '{{count}} tokens',
  detailsOf: 'Details of {{name}}',
  closeDetails: 'Close the details',
  parts: 'What is shown of it',
  part: { details: 'About it', trial: 'Try it' },
  /** State and place, e.g. "Loaded, on kitchen-mini". */
  wordWhere: '{{word}} · {{where}}',
  /** A name of the user’s own leads to this model. */
  aliasNow: 'Leads to {{model}} now',
  gone: 'No computer in reach has this model now. It is listed again as soon as one has.',
  places: 'Where it is',
  thisComputer: '{{name}}, this computer',
  notMeasured: 'Not measured yet',
  about: 'What it is',
  untold: 'Its engine does not tell',
  fact: {
    name: 'Name',
    uses: 'For',
    parameters: 'Parameters',
    /** How exactly its numbers are kept, e.g. Q4_K_M. */
    quantization: 'Precision',
    size: 'Size',
    /** How much text it can have in view. */
    context: 'Context',
    aliases: 'Your names',
  },
  copyName: 'Copy the name {{name}}',
  empty: {
    title: 'No model yet',
    help: 'Models run in engines: programs such as Ollama or LM Studio, on this computer or on one of your peers. What one of them has, all can use.',
    noModel: 'An engine runs, and has no model yet',
    fetchOne: 'Get a model in it, for Ollama with “ollama pull llama3.2”. It appears here by itself.',
    getEngine: 'Get an engine',
    engines: 'Engines here',
    lookingHere: 'Looking for engines at their usual ports on this computer. None answers.',
    enginesHere: 'On this computer: {{list}}.',
    noPeerShares: 'No peer shares models.',
    peersShare_one: '{{count}} peer shares models; what it has is asked now.',
    peersShare_other: '{{count}} peers share models; what they have is asked now.',
  },
  usage: {
    help: 'Tokens by peer and day. Only counts are kept, never what was asked or answered.',
    span: 'How far back',
    days_one: '{{count}} day',
    days_other: '{{count}} days',
    again: 'Try again',
    empty: 'Nothing used yet',
    emptyHelp: 'As soon as a peer uses a model of this computer, or a program here one of a peer, it is counted here.',
    peer: 'Peer',
    /** This computer did it for the peer. */
    served: 'Served here for it',
    /** The peer did it for programs of this computer. */
    asked: 'Asked of it from here',
    none: 'Nothing',
    total: 'Together',
    requests_one: '{{count}} request',
    requests_other: '{{count}} requests',
    readAndWritten: '{{read}} read, {{written}} written',
  },
} as const
