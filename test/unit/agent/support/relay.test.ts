import { expect, it } from 'vitest'
import { createRelay } from '../../../../electron/agent/support/relay.ts'
import { createEmitter } from '../../../../electron/agent/support/signal.ts'

it('a relay listens to its source only while somebody listens, and to one source at a time', () => {
  const said: string[] = []
  const source = (name: string) => createEmitter<string>({ watched: (on) => said.push(`${name} ${on ? 'watched' : 'left'}`) })
  const [first, second] = [source('first'), source('second')]
  const relay = createRelay<string>()
  const heard: string[] = []

  relay.follow(first)
  expect(said).toEqual([])
  const leave = relay.subscribe((value) => heard.push(value))
  first.emit('a')
  relay.follow(second)
  first.emit('b')
  second.emit('c')
  leave()
  second.emit('d')
  expect(heard).toEqual(['a', 'c'])
  expect(said).toEqual(['first watched', 'first left', 'second watched', 'second left'])
})
