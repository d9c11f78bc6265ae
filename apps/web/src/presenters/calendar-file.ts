import { type LiveShowOfEpisode } from '@showrunner/domain/live'
import { addresses } from '../addresses.ts'
import { standfirst } from './episode-line.ts'

/** A live show for a calendar (RFC 5545). Whoever takes it again has it as it is planned now. */
export function calendarFile(publicUrl: string, show: LiveShowOfEpisode): string {
  const { episode, startsAt, wentLiveAt, endedAt, plannedMinutes } = show
  const { podcast } = episode
  const url = publicUrl + addresses.episode(podcast.slug, episode.slug)
  const begins = wentLiveAt ?? startsAt
  const ends = endedAt ?? new Date(begins.getTime() + plannedMinutes * 60_000)
  const words = standfirst(episode, 600)
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Showrunner//Live shows//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${show.guid}@${new URL(publicUrl).hostname}`,
    `SEQUENCE:${show.lockVersion}`,
    `DTSTAMP:${utc(show.updatedAt)}`,
    `DTSTART:${utc(begins)}`,
    `DTEND:${utc(ends)}`,
    `SUMMARY:${text(`${podcast.title}: ${episode.title}`)}`,
    `DESCRIPTION:${text(words ? `${words}\n\n${url}` : url)}`,
    `LOCATION:${text(url)}`,
    `URL:${url}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}

/** `20261120T180000Z` */
function utc(date: Date): string {
  return `${date.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

function text(value: string): string {
  return value
    .replaceAll(/\p{Cc}(?<!\n)/gu, ' ')
    .replaceAll(/[\\;,]/g, String.raw`\$&`)
    .replaceAll('\n', String.raw`\n`)
}

/** No line is longer than 75 bytes, and no letter is cut. */
function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  for (const letter of line) {
    if (Buffer.byteLength(part + letter) > (parts.length === 0 ? 75 : 74)) {
      parts.push(part)
      part = ''
    }
    part += letter
  }
  return [...parts, part].join('\r\n ')
}
