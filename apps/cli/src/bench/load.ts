import autocannon from 'autocannon'

export interface Measured {
  readonly answers: number
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  /** Milliseconds. */
  readonly p99: number
}

/** What is asked for. */
export interface Asked {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** What every answer has to be. 200 unless said. */
  readonly status?: number
}

export interface Load {
  readonly seconds: number
  readonly connections: number
}

/** Asks for one address as fast as the connections allow, and says how often it was answered. */
export async function measure(
  { url, headers = {}, status = 200 }: Asked,
  { seconds, connections }: Load,
): Promise<Measured> {
  const result = await autocannon({ url, headers, connections, duration: seconds })
  const others = Object.entries(result.statusCodeStats ?? {}).filter(
    ([code]) => code !== String(status),
  )
  if (result.errors + result.timeouts + others.length > 0) {
    throw new Error(`not all of the requests for ${url} were answered with ${status}`)
  }

  return {
    answers: result.requests.total,
    perSecond: result.requests.total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
  }
}
