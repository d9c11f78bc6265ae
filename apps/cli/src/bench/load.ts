import autocannon from 'autocannon'

export interface Measured {
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  /** Milliseconds. */
  readonly p99: number
}

export interface Load {
  readonly seconds: number
  readonly connections: number
}

/** Asks for one address as fast as the connections allow, and says how often it was answered. */
export async function measure(url: string, { seconds, connections }: Load): Promise<Measured> {
  const result = await autocannon({ url, duration: seconds, connections })
  const failed = result.errors + result.timeouts + result.non2xx
  if (failed > 0) throw new Error(`${failed} of the requests for ${url} were not answered with 2xx`)

  return {
    perSecond: result.requests.total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
  }
}
