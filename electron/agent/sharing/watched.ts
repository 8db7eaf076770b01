import type { SharingConditions } from '../../contract/sharing.ts'

/** What has to be watched for conditions, so that nothing is watched for nobody. Pure. */
export function watchedBy(all: readonly SharingConditions[]): { person: boolean; battery: boolean; resources: boolean } {
  return {
    person: all.some(({ whileInUse }) => !whileInUse),
    battery: all.some(({ onBattery }) => !onBattery),
    resources: all.some(
      ({ keepFreeDisk, keepFreeMemory, processorBelow }) => keepFreeDisk !== null || keepFreeMemory !== null || processorBelow !== null,
    ),
  }
}
