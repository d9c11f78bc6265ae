import { CommandError } from '../errors.ts'
import { isFree } from '../postgres/index.ts'

const TRIES = 50

/** The port asked for, or the next one that nobody listens on. */
export async function freePort(host: string, wanted: number): Promise<number> {
  const last = Math.min(wanted + TRIES, 65_535)
  for (let port = wanted; port <= last; port += 1) {
    if (await isFreeOn(host, port)) return port
  }
  throw new CommandError(`Every port from ${wanted} to ${last} is taken. Set PORT to a free one.`)
}

// A browser may take localhost for either address: another program on one of them would answer in our place.
async function isFreeOn(host: string, port: number): Promise<boolean> {
  const addresses = host === 'localhost' ? ['127.0.0.1', '::1'] : [host]
  for (const address of addresses) if (!(await isFree(port, address))) return false
  return true
}
