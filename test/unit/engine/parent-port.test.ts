import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { openParentPort } from '../../../electron/engine/parent-port.ts'

type Given = Parameters<typeof openParentPort>[0]

/** A process of Node with a channel to its parent. */
function forked() {
  const sent: unknown[] = []
  const process = Object.assign(new EventEmitter(), { connected: true, send: (message: unknown) => sent.push(message) > 0 })
  return { sent, process, port: openParentPort(process as unknown as Given) }
}

describe('the channel to the node', () => {
  it('is Node’s in a process that was forked', () => {
    const { sent, process, port } = forked()
    const heard: unknown[] = []
    let gone = false
    port?.onMessage((message) => heard.push(message))
    port?.onGone(() => (gone = true))
    port?.send('ready')
    process.emit('message', 'begin')
    process.emit('disconnect')
    expect({ sent, heard, gone }).toEqual({ sent: ['ready'], heard: ['begin'], gone: true })
  })

  it('takes nothing any more when the node is gone', () => {
    const { sent, process, port } = forked()
    process.connected = false
    port?.send('pulse')
    expect(sent).toEqual([])
  })

  it('is Electron’s in a utility process, whose messages are events', () => {
    const sent: unknown[] = []
    const heard: unknown[] = []
    const parentPort = Object.assign(new EventEmitter(), { postMessage: (message: unknown) => void sent.push(message) })
    const port = openParentPort({ parentPort } as unknown as Given)
    port?.onMessage((message) => heard.push(message))
    port?.send('ready')
    parentPort.emit('message', { data: 'begin' })
    expect({ sent, heard }).toEqual({ sent: ['ready'], heard: ['begin'] })
  })

  it('is missing in a process that somebody started by hand', () => {
    expect(openParentPort({} as unknown as Given)).toBeNull()
  })
})
