import {
  type CuesOfTranscript,
  type EpisodeInCatalogue,
  type WholeEpisodeInCatalogue,
} from '@showrunner/domain/catalogue'
import { type Chapter as ChapterRow } from '@showrunner/domain/episodes'
import { type z } from 'zod'
import { addresses } from '../../addresses.ts'
import { type Outside } from '../outside.ts'
import {
  type Chapter,
  type Cue,
  type Episode,
  type EpisodeInList,
  type SoundFile,
} from '../schemas/episode.ts'
import { maybeSeconds, peopleOf, podcastPart, secondsOf, topicParts } from './parts.ts'

export function episodeInList(
  outside: Outside,
  episode: EpisodeInCatalogue,
): z.output<typeof EpisodeInList> {
  const { slug, guid, title, subtitle, summary, type, season, number, podcast } = episode
  const { numberDisplay, recordedAt, publishedAt, websiteUrl, youtubeUrl } = episode
  if (!publishedAt) throw new Error(`"${slug}" has no date: it is not out`)
  return {
    slug,
    guid,
    title,
    subtitle,
    summary,
    type,
    season,
    number,
    websiteUrl,
    youtubeUrl,
    numberLabel: numberDisplay,
    explicit: episode.explicit ?? podcast.explicit,
    publishedAt: publishedAt.toISOString(),
    recordedAt: recordedAt?.toISOString() ?? null,
    coverUrl: outside.maybeAt(episode.coverUrl ?? podcast.coverUrl),
    audio: soundFile(outside, episode),
    podcast: podcastPart(outside, podcast),
    people: peopleOf(outside, {
      host: episode.episodeHosts,
      guest: episode.episodeGuests,
      credit: episode.credits,
    }),
    topics: topicParts(outside, episode.topics),
    url: outside.at(addresses.episode(podcast.slug, slug)),
    apiUrl: outside.api(episodePath(podcast.slug, slug)),
  }
}

export function episodeAnswer(
  outside: Outside,
  episode: WholeEpisodeInCatalogue,
): z.output<typeof Episode> {
  const { notes, notesHtml, podcast, slug } = episode
  const path = episodePath(podcast.slug, slug)
  return {
    ...episodeInList(outside, episode),
    notes,
    notesHtml,
    chapters: chapterAnswers(outside, episode.chapters),
    sponsors: episode.episodeSponsors.map(
      ({ sponsor, title, description, linkUrl, startsMs, endsMs }) => {
        const startSeconds = maybeSeconds(startsMs)
        const endSeconds = maybeSeconds(endsMs)
        return { name: sponsor.name, title, description, linkUrl, startSeconds, endSeconds }
      },
    ),
    links: episode.links.map(({ title, url }) => ({ title, url })),
    transcripts: episode.transcripts
      .filter(({ cueCount }) => cueCount > 0)
      .map(({ language, timed, cueCount }) => ({ language, timed, cueCount })),
    chaptersUrl: outside.api(`${path}/chapters`),
    transcriptUrl: outside.api(`${path}/transcript`),
    commentsUrl: outside.api(`${path}/comments`),
  }
}

export function chapterAnswers(
  outside: Outside,
  chapters: readonly Pick<
    ChapterRow,
    'startsMs' | 'endsMs' | 'title' | 'linkUrl' | 'imageUrl' | 'hidden'
  >[],
): z.output<typeof Chapter>[] {
  return chapters.map(({ startsMs, endsMs, title, linkUrl, imageUrl, hidden }) => ({
    startSeconds: secondsOf(startsMs),
    endSeconds: maybeSeconds(endsMs),
    title,
    linkUrl,
    imageUrl: outside.maybeAt(imageUrl),
    hidden,
  }))
}

export function cueAnswer(cue: CuesOfTranscript['rows'][number]): z.output<typeof Cue> {
  const { startsMs, endsMs, speaker, person, body } = cue
  return {
    startSeconds: maybeSeconds(startsMs),
    endSeconds: maybeSeconds(endsMs),
    speaker,
    handle: person?.handle ?? null,
    text: body,
  }
}

export function soundFile(
  outside: Outside,
  episode: Pick<EpisodeInCatalogue, 'audioUrl' | 'audioType' | 'audioBytes' | 'audioDuration'>,
): z.output<typeof SoundFile> | null {
  const { audioUrl, audioType: type, audioBytes: bytes, audioDuration: durationSeconds } = episode
  return audioUrl === null ? null : { url: outside.at(audioUrl), type, bytes, durationSeconds }
}

export function episodePath(podcast: string, episode: string): string {
  return `/podcasts/${podcast}/episodes/${episode}`
}
