import { type Live } from '@showrunner/live'

/** How the pages are kept that this process has made. */
export interface KeptPart {
  readonly state: string
  readonly counts: readonly {
    readonly name: string
    readonly count: string
    readonly meaning: string
  }[]
}

export function keptPart({ pages }: Live): KeptPart {
  const { hits, misses, renders, invalidations, evictions, pages: kept, bytes } = pages.counters
  const asked = hits + misses
  const share = asked === 0 ? '' : ` ${Math.floor((100 * hits) / asked)} in 100 answers were ready.`
  return {
    state: pages.isListening
      ? `The database tells what changes.${share}`
      : 'The connection that tells what changes is lost. Until it is back every page is made for whoever asks.',
    counts: [
      count('Kept', kept, `pages, ${(bytes / 1e6).toFixed(1)} MB with all that belongs to them`),
      count('Hits', hits, 'answers that were ready'),
      count('Misses', misses, 'pages that had to be made for whoever asked'),
      count('Renders', renders, 'times a page was made, also for those who have it open'),
      count(
        'Invalidations',
        invalidations,
        'pages that were dropped, because what they show changed',
      ),
      count('Evictions', evictions, 'pages that were dropped for others, for want of memory'),
    ],
  }
}

function count(name: string, number: number, meaning: string) {
  return { name, count: number.toLocaleString('en'), meaning }
}
