/** Of the jobs of one show one waits. */
export function beginningKey(showId: number): string {
  return `live_show_begins:${showId}`
}
