import { CallError } from '../../bridge/bridge.ts'

/** Larger files are not a recovery file, bytes. */
const largest = 64 * 1024

/** Reads a recovery file a person chose. Throws CallError with the reason when it cannot be one. */
export async function readRecoveryFile(file: File): Promise<string> {
  const text = file.size > largest ? '' : (await file.text()).trim()
  // a compact JWE (RFC 7516): five parts of base64url, of which the second is empty when the key is derived
  if (/^[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+$/u.test(text)) return text
  throw new CallError({
    code: 'invalid_input',
    message: `${file.name} is not a recovery file.`,
    action: 'Choose the file that was saved with “Save the recovery key”; its name ends in .fcn-recovery.',
  })
}
