/** How many random histories a law is tried on: more with TRACKER_RUNS. */
export function runs(usual: number): { numRuns: number } {
  const wanted = Number(process.env['TRACKER_RUNS'] ?? 0)
  return { numRuns: Math.max(usual, wanted) }
}
