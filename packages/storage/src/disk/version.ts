import { type BigIntStats } from 'node:fs'

/** Which file is at a path: another one was written at another time, or has another length. */
export interface Version {
  readonly bytes: number
  readonly writtenNs: bigint
}

export function versionOf({ size, mtimeNs }: BigIntStats): Version {
  return { bytes: Number(size), writtenNs: mtimeNs }
}
