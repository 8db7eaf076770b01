import type { Announcement } from '../../electron/agent/discovery/announcement.ts'
import type { CreateLink } from '../../electron/agent/discovery/mdns-finder.ts'
import type { MdnsLink } from '../../electron/agent/discovery/mdns-link.ts'

export interface MemoryLink {
  name: string
  handlers: Parameters<CreateLink>[0]
  /** What is announced on it now. */
  said: Announcement | null
  asked: number
  goodbyes: number
  open: boolean
}

/** Links without a network: a test sees what is said on them and says what is heard. `refuses` makes sockets fail. */
export function createMemoryLinks() {
  const links: MemoryLink[] = []
  const state = { refuses: false }
  const createLink: CreateLink = (handlers, { on, family }): MdnsLink => {
    if (state.refuses) throw new Error('bind EADDRINUSE 0.0.0.0:5353')
    const link: MemoryLink = { name: `${on.name} ${family}`, handlers, said: null, asked: 0, goodbyes: 0, open: true }
    links.push(link)
    const goodbye = async () => {
      if (link.said !== null) link.goodbyes += 1
      link.said = null
    }
    return {
      announce(announcement) {
        link.said = announcement
        handlers.sent(null)
      },
      goodbye,
      ask: () => void (link.asked += 1),
      async close() {
        await goodbye()
        link.open = false
      },
    }
  }
  return { createLink, links, open: () => links.filter((link) => link.open), refuse: (refuses: boolean) => void (state.refuses = refuses) }
}
