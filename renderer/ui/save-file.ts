/** Some browsers begin to read a download only after the click has returned, ms. */
const readWithin = 60_000

/** Hands texts to the browser as one downloaded file, which is let go of once the browser must have read it. */
export function saveFile(name: string, parts: readonly string[], type: string): void {
  const url = URL.createObjectURL(new Blob([...parts], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), readWithin)
}
