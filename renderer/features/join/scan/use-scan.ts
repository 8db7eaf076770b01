import { type ClipboardEvent, type DragEvent, useState } from 'react'
import { useTask } from '../../../store/use-task.ts'
import { inviteIn, pictureAmong } from './picture-rules.ts'
import { readCode } from './read-code.ts'

/** What came of the last picture; `name` is that of its file, empty when it was pasted. */
export type ScanResult = { kind: 'found'; name: string } | { kind: 'too_large' | 'no_picture' | 'no_code' | 'no_invite' }

export interface Scan {
  reading: boolean
  result: ScanResult | null
  read: (file: File) => void
  /** For the form, which takes a picture dropped anywhere on it. */
  drop: { onDragOver: (event: DragEvent) => void; onDrop: (event: DragEvent) => void }
  /** For the field: a pasted picture is read, a text is left to the field. */
  paste: (event: ClipboardEvent) => void
}

/** Reads invites from pictures; `onInvite` gets what was found. */
export function useScan(onInvite: (invite: string) => void): Scan {
  const [result, setResult] = useState<ScanResult | null>(null)
  const scan = useTask(async (file: File, pasted: boolean) => {
    setResult(null)
    const read = await readCode(file)
    if (read.kind !== 'code') return setResult(read)
    const invite = inviteIn(read.text)
    if (invite === null) return setResult({ kind: 'no_invite' })
    onInvite(invite)
    setResult({ kind: 'found', name: pasted ? '' : file.name })
  })
  const take = (event: DragEvent | ClipboardEvent, files: FileList, pasted: boolean) => {
    const file = pictureAmong(files) ?? (pasted ? null : (files[0] ?? null))
    if (file === null) return
    event.preventDefault()
    void scan.run(file, pasted)
  }
  return {
    reading: scan.running,
    result: scan.running ? null : result,
    read: (file) => void scan.run(file, false),
    drop: {
      // without this the browser would open the picture in place of the page
      onDragOver: (event) => event.preventDefault(),
      onDrop: (event) => take(event, event.dataTransfer.files, false),
    },
    paste: (event) => take(event, event.clipboardData.files, true),
  }
}
