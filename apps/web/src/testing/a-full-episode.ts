import { build, type Repo } from '@showrunner/data'
import {
  Chapter,
  type Episode,
  EpisodeCredit,
  EpisodeGuest,
  EpisodeHost,
  EpisodeLink,
  EpisodeSponsor,
  EpisodeTopic,
} from '@showrunner/domain/episodes'
import { type Podcast, PodcastHost } from '@showrunner/domain/podcasts'
import { Sponsor } from '@showrunner/domain/sponsors'
import { anEpisode, aPerson, aPodcast } from '@showrunner/domain/testing'
import { Topic } from '@showrunner/domain/topics'
import { Transcript, TranscriptCue } from '@showrunner/domain/transcripts'

/** Whatever a page writes out: text in quotes and angle brackets, so that a place that forgets to escape it breaks. */
export const HOSTILE = `<script>alert('x')</script> "&" ’مرحبا’`

/** An episode with one of everything a page shows, all of it hostile, between two others. */
export async function aFullEpisode(
  repo: Repo,
): Promise<{ readonly podcast: Podcast; readonly episode: Episode }> {
  const podcast = await aPodcast(repo, { title: HOSTILE, subtitle: HOSTILE, description: HOSTILE })
  const host = await aPerson(repo, 'Ines Okafor', { bio: HOSTILE, githubHandle: 'ines' })
  const guest = await aPerson(repo, HOSTILE, { handle: 'guest', avatarUrl: '/uploads/guest.png' })
  const episode = await anEpisode(repo, podcast, { ...SAID, slug: 'full' })
  await anEpisode(repo, podcast, { slug: 'before', publishedAt: '2026-02-01T09:00:00Z' })
  await anEpisode(repo, podcast, { slug: 'after', publishedAt: '2026-04-01T09:00:00Z' })

  const of = { episodeId: episode.id, podcastId: podcast.id }
  await repo.insertOrThrow(build(PodcastHost, { podcastId: podcast.id, personId: host.id }))
  await repo.insertOrThrow(build(EpisodeHost, { ...of, personId: host.id }))
  await repo.insertOrThrow(build(EpisodeGuest, { ...of, personId: guest.id }))
  await repo.insertOrThrow(build(EpisodeCredit, { ...of, personId: guest.id, role: HOSTILE }))
  await addParts(repo, episode)
  await addTranscript(repo, episode)

  return { podcast, episode }
}

const SAID = {
  title: HOSTILE,
  subtitle: `Words: ${HOSTILE}`,
  notes: `# A heading\n\nA <script>alert(1)</script> **note**.`,
  number: 7,
  audioUrl: '/uploads/full.mp3',
  audioDuration: 600,
  audioBytes: 4_800_000,
  recordedAt: '2026-02-20T09:00:00Z',
  license: { name: HOSTILE, url: 'https://example.com/licence' },
}

async function addParts(repo: Repo, { id: episodeId, podcastId }: Episode): Promise<void> {
  const [title, url] = [HOSTILE, 'https://www.example.com/?a=1&b="2"']
  const topic = await repo.insertOrThrow(build(Topic, { name: HOSTILE, slug: 'topic' }))
  const sponsor = await repo.insertOrThrow(build(Sponsor, { name: HOSTILE, slug: 'sponsor' }))

  await repo.insertOrThrow(build(EpisodeTopic, { episodeId, podcastId, topicId: topic.id }))
  await repo.insertOrThrow(
    build(EpisodeSponsor, { episodeId, podcastId, sponsorId: sponsor.id, title, linkUrl: url }),
  )
  await repo.insertOrThrow(build(EpisodeLink, { episodeId, podcastId, title, url }))
  await repo.insertOrThrow(
    build(Chapter, { episodeId, podcastId, startsMs: 0, title, linkUrl: url }),
  )
  await repo.insertOrThrow(
    build(Chapter, { episodeId, podcastId, position: 1, startsMs: 300_000, title: 'Second' }),
  )
}

async function addTranscript(repo: Repo, { id: episodeId, podcastId }: Episode): Promise<void> {
  const { id: transcriptId } = await repo.insertOrThrow(
    build(Transcript, { episodeId, podcastId, timed: true, cueCount: 2 }),
  )
  const cues = [
    { transcriptId, podcastId, position: 0, startsMs: 0, speaker: HOSTILE, body: HOSTILE },
    {
      transcriptId,
      podcastId,
      position: 1,
      startsMs: 4000,
      speaker: 'Ines Okafor',
      body: 'Well said. '.repeat(200),
    },
    { transcriptId, podcastId, position: 2, startsMs: 9000, speaker: 'Guest', body: 'Thank you.' },
    {
      transcriptId,
      podcastId,
      position: 3,
      startsMs: 9500,
      speaker: 'Ines Okafor',
      body: 'Not at all.',
    },
    { transcriptId, podcastId, position: 4, startsMs: 9800, speaker: 'Guest', body: 'I insist.' },
    {
      transcriptId,
      podcastId,
      position: 5,
      startsMs: 9900,
      speaker: 'Ines Okafor',
      body: 'So do I.',
    },
  ]
  for (const cue of cues) await repo.insertOrThrow(build(TranscriptCue, cue))
}
