import { OptionError } from '../errors.ts'

export interface Timing {
  /** How often what happened is told, if anything did: what is tracked elsewhere is known here so much later. */
  readonly broadcastPeriodMs: number
  /** How many periods may pass in silence before a node says that it is still there. */
  readonly maxSilentPeriods: number
  /** After how long a silence the entries of a node are hidden. */
  readonly downPeriodMs: number
  /** After how long they are forgotten. */
  readonly permdownPeriodMs: number
  /** For how many periods clocks are gathered before anybody is asked for what is missing. */
  readonly clockSamplePeriods: number
  /** How many changes are kept at hand for nodes that missed some. */
  readonly maxDeltaSizes: readonly number[]
}

const DEFAULTS: Timing = {
  broadcastPeriodMs: 1_500,
  maxSilentPeriods: 10,
  downPeriodMs: 30_000,
  permdownPeriodMs: 1_200_000,
  clockSamplePeriods: 2,
  maxDeltaSizes: [100, 1_000, 10_000],
}

export function timingOf(options: Partial<Timing>): Timing {
  const periods = options.broadcastPeriodMs ?? DEFAULTS.broadcastPeriodMs
  const silent = options.maxSilentPeriods ?? DEFAULTS.maxSilentPeriods
  const timing = { ...DEFAULTS, downPeriodMs: periods * silent * 2, ...options }
  for (const name of ['broadcastPeriodMs', 'maxSilentPeriods', 'clockSamplePeriods'] as const) {
    if (!(timing[name] > 0)) throw new OptionError(name, 'to be above zero', timing[name])
  }
  if (timing.downPeriodMs < 2 * timing.broadcastPeriodMs) {
    throw new OptionError('downPeriodMs', 'to be at least two periods', timing.downPeriodMs)
  }
  if (timing.permdownPeriodMs <= timing.downPeriodMs) {
    throw new OptionError('permdownPeriodMs', 'to be above downPeriodMs', timing.permdownPeriodMs)
  }
  return timing
}
