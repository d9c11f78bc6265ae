import process from 'node:process'

/** How many random histories each law is tried on. `REPLAY_RUNS=20000` tries more. */
export const REPLAY_RUNS = Number(process.env['REPLAY_RUNS'] ?? 400)
