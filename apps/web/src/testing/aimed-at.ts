import { GUESSED, type OnePodcast } from './two-podcasts.ts'

type Sent = Readonly<Record<string, string>>

/** What is asked besides, wherever something is read. */
export function queries({ ids, host, podcast }: OnePodcast): readonly Sent[] {
  const all = { podcast: podcast.id, podcastId: podcast.id, person: host.id, q: GUESSED }
  const asked = [
    {},
    { q: GUESSED },
    { q: GUESSED, type: 'episodes' },
    { q: GUESSED, type: 'podcasts' },
    { q: GUESSED, type: 'posts' },
    { status: 'all', podcast: podcast.id },
    { person: host.id },
    { before: ids.get('activities') },
    { kind: 'audio', subject: 'episode', subjectId: ids.get('episodes') },
    { kind: 'cover', subject: 'podcast', subjectId: podcast.id },
    all,
  ]
  return asked.map((one) => {
    return Object.fromEntries(Object.entries(one).map(([name, value]) => [name, String(value)]))
  })
}

/** The rows of forms, and where they are stored. */
const ROWS = {
  episodeHosts: 'episode_hosts',
  episodeGuests: 'episode_guests',
  episodeTopics: 'episode_topics',
  episodeSponsors: 'episode_sponsors',
  credits: 'episode_credits',
  links: 'episode_links',
  pictures: 'pictures',
  alternates: 'episode_alternates',
  chapters: 'chapters',
  podcastHosts: 'podcast_hosts',
  podcastTopics: 'podcast_topics',
  transcripts: 'transcripts',
  messages: 'request_messages',
  postTopics: 'post_topics',
}

/** Every id there is of the other podcast in every field there is: what a form of theirs could be made to say. */
export function forms({ ids, podcast, host }: OnePodcast): readonly Sent[] {
  const id = (table: string) => String(ids.get(table) ?? 0)
  const belongs = {
    podcastId: id('podcasts'),
    podcast_id: id('podcasts'),
    podcast: String(podcast.id),
    episodeId: id('episodes'),
    requestId: id('episode_requests'),
    sponsorsOf: id('episodes'),
    transcriptId: id('transcripts'),
    authorId: String(host.id),
    personId: String(host.id),
  }
  const nested = (also: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(ROWS).flatMap(([name, table]) =>
        Object.entries({ id: id(table), podcastId: id('podcasts'), ...also }).map(
          ([key, value]) => [`${name}[0][${key}]`, value],
        ),
      ),
    )
  const cue = {
    'rows[0][id]': id('transcript_cues'),
    'rows[0][was]': 'x',
    'rows[0][body]': 'Mine now.',
    'rows[0][speaker]': host.name,
  }
  const said = { title: 'Mine', slug: 'mine', name: 'Mine', text: 'Mine: hello.', lockVersion: '1' }
  const asks = { when: 'now', markers: '0:00 Mine', find: GUESSED, body: 'Mine.', from: GUESSED }
  const bulk = { 'ids[0]': id('episodes'), 'ids[1]': id('posts'), ids: id('episodes') }
  const marked = { 'ids[0]': id('episodes'), 'ids[1]': id('posts') }
  const upload = { kind: 'audio', subject: 'episode', subjectId: id('episodes'), tagAudio: 'true' }
  const files = { bringPictures: 'true', bringAudio: 'true' }
  return [
    { id: id('episodes'), ...belongs, ...said, ...asks, ...bulk, ...cue, ...upload },
    { ...said, ...nested({ title: 'Mine', url: 'https://mine.example', role: 'host' }) },
    { ...said, ...nested({ delete: 'true' }), ...cue, 'rows[0][removed]': 'true' },
    { ...said, ...nested({ episodeId: id('episodes'), starts: '0:01', title: 'Mine' }) },
    files,
    { ...marked, action: 'delete' },
    { ...marked, action: 'type', type: 'bonus' },
    { status: 'accepted', lockVersion: '1', episodeId: id('episodes'), body: '' },
    { ...upload, kind: 'cover', subject: 'podcast', subjectId: String(podcast.id) },
    { ...upload, kind: 'cover', subject: 'settings', subjectId: '1', back: '/admin' },
  ]
}
