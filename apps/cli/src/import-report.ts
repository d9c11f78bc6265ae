import { type AttachSummary, type ImportEvent, type ImportSummary } from '@showrunner/domain/import'

const EVERY_MS = 1_000
/** A feed that repeats a mistake in every item would bury the rest. */
const SHOWN = 20

const DONE = {
  saved: 'episodes saved',
  fetched: 'chapters and transcripts asked for',
  attached: 'files attached',
} as const

/** Tells of an import's progress, at most once a second, and of each warning as it comes. */
export function eventPrinter(tell: (line: string) => void): (event: ImportEvent) => void {
  let told = performance.now()
  let warnings = 0
  return (event) => {
    if (event.type === 'warning') {
      warnings += 1
      if (warnings <= SHOWN) tell(`  ! ${event.message}`)
      if (warnings === SHOWN) tell('  ! … and more; only the first are shown.')
      return
    }
    if (event.type === 'read')
      return tell(`Read “${event.title}”, ${plural(event.episodes, 'episode')}.`)
    const isLast = event.done === event.total
    if (!isLast && performance.now() - told < EVERY_MS) return
    told = performance.now()
    tell(`  ${event.done} of ${event.total} ${DONE[event.type]}`)
  }
}

export function summaryText({
  podcast,
  outcome,
  episodes,
  documents,
  warnings,
}: ImportSummary): string {
  const { created, updated, unchanged, skipped } = episodes
  return [
    `${podcast.title}: ${outcome} at /${podcast.slug}`,
    `  episodes: ${created} new, ${updated} updated, ${unchanged} unchanged${some(skipped.length, 'skipped')}`,
    `  chapters and transcripts: ${documents.saved} saved, ${documents.unchanged} unchanged${some(documents.failed, 'failed')}`,
    ...(warnings.length > 0 ? [`  ${plural(warnings.length, 'warning')}, above`] : []),
  ].join('\n')
}

export function attachedText(
  what: string,
  { attached, unchanged, skipped }: AttachSummary,
): string {
  return [
    `${what}: ${attached} attached, ${unchanged} unchanged${some(skipped.length, 'skipped')}`,
    ...skipped.slice(0, SHOWN).map(({ file, reason }) => `  ${file}: ${reason}`),
    ...(skipped.length > SHOWN ? [`  … and ${skipped.length - SHOWN} more`] : []),
  ].join('\n')
}

function some(count: number, what: string): string {
  return count > 0 ? `, ${count} ${what}` : ''
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
