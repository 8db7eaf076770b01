import { idFor } from '../fixtures/household-peers.ts'
import { hubbed, meshOfSize, relaying } from '../fixtures/hubs.ts'
import { openMesh, press, type Shot } from './shot.ts'

/** Hubs, tunnels and relayed peers, and the drawing of meshes of any size. */
export const relayShots: Shot[] = [
  { name: 'relay-peers', state: hubbed(), path: '#/peers' },
  { name: 'relay-drawer', state: hubbed(), path: `#/peers/${idFor('oskar-desktop')}` },
  {
    name: 'relay-drawer-hub',
    state: hubbed(),
    path: `#/peers/${idFor('vps-helsinki')}`,
    act: (page) => page.getByText('Hub of Maple Street').scrollIntoViewIfNeeded(),
  },
  { name: 'relay-off', state: hubbed(), act: (page) => openMesh(page) },
  { name: 'relay-member', state: hubbed(), act: (page) => openMesh(page, 'Film club') },
  {
    name: 'relay-on',
    state: relaying(),
    async act(page) {
      await openMesh(page)
      await press(page, 'Limits')
    },
  },
  {
    name: 'relay-stop',
    state: relaying(),
    async act(page) {
      await openMesh(page)
      await page.getByRole('switch', { name: 'Relay for this mesh' }).press('Space')
    },
  },
  { name: 'topology-hubs', state: hubbed() },
  { name: 'topology-relaying', state: relaying() },
  { name: 'topology-2', state: meshOfSize({ count: 2, hubs: 0 }) },
  { name: 'topology-2-with-hub', state: meshOfSize({ count: 3, hubs: 1 }) },
  { name: 'topology-20', state: meshOfSize({ count: 20, hubs: 1 }) },
  { name: 'topology-20-two-hubs', state: meshOfSize({ count: 20, hubs: 2 }) },
  { name: 'topology-20-no-hub', state: meshOfSize({ count: 20, hubs: 0 }) },
  { name: 'topology-200', state: meshOfSize({ count: 200, hubs: 2 }) },
  {
    name: 'topology-200-tag',
    state: meshOfSize({ count: 200, hubs: 2 }),
    act: (page) => page.getByRole('link', { name: /^kitchen-pi-2,/u }).focus(),
  },
  { name: 'topology-table', state: hubbed(), act: (page) => press(page, 'Show as a table') },
]
