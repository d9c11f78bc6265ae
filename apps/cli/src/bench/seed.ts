import { type Pool } from 'pg'

/** The podcast whose feed has 300 items; the other podcasts share the rest of the 2,000 episodes. */
export const PODCAST = 'bench-1'
/** An episode with one before and one after it. */
export const EPISODE = 'episode-150'

/**
 * A network as large as a real one: 4 podcasts, 2,000 published episodes, each with 2 hosts, 2 guests, 2 sponsors,
 * 3 topics, 4 links, 8 chapters, 3 kB of notes and a transcript of 24 cues.
 */
export async function seedNetwork(pool: Pool): Promise<void> {
  for (const statement of [PARTS, EPISODES, JOINS, TRANSCRIPTS]) await pool.query(statement)
  await pool.query('analyze')
}

const PARTS = `
  insert into people (id, name, handle, bio, bio_html, location)
  select n, 'Person ' || n, 'person-' || n, 'Writes & records.', '<p>Writes &amp; records.</p>', 'Lisbon'
  from generate_series(1, 200) n;

  insert into topics (id, name, slug)
  select n, 'Topic ' || n, 'topic-' || n from generate_series(1, 60) n;

  insert into sponsors (id, name, slug, website_url)
  select n, 'Sponsor ' || n, 'sponsor-' || n, 'https://sponsor-' || n || '.example'
  from generate_series(1, 40) n;

  insert into podcasts (id, slug, guid, title, subtitle, description, description_html, author, status, position)
  select n, 'bench-' || n, gen_random_uuid(), 'Bench ' || n, 'A show to measure',
    repeat('A show to measure. ', 12), '<p>' || repeat('A show to measure. ', 12) || '</p>', 'Bench & Co', 'publishing', n
  from generate_series(1, 4) n;

  insert into podcast_hosts (podcast_id, person_id, position)
  select podcast, (podcast - 1) * 2 + host, host from generate_series(1, 4) podcast, generate_series(1, 2) host;

  insert into podcast_topics (podcast_id, topic_id, position)
  select podcast, (podcast - 1) * 3 + topic, topic from generate_series(1, 4) podcast, generate_series(1, 3) topic;
`

const EPISODES = `
  insert into episodes (id, podcast_id, slug, guid, title, subtitle, summary, notes, notes_html, season, number,
    published, published_at, audio_url, audio_type, audio_bytes, audio_duration)
  select n, podcast, 'episode-' || number, gen_random_uuid(), 'Episode ' || number || ': tides & <time>',
    'What was said, and by whom', repeat('What was said in episode ' || number || '. ', 8),
    repeat('What was said, at length & in order. ', 80),
    repeat('<p>' || repeat('What was said, at length &amp; in order. ', 8) || '<a href="https://example.com/' || n || '">More</a></p>', 10),
    1 + number / 50, number, true, timestamptz '2026-11-01 06:00Z' - n * interval '1 day',
    'https://cdn.example/bench/' || n || '.mp3', 'audio/mpeg', 48000000 + n, 3000 + n
  from generate_series(1, 2000) n,
    lateral (select case when n <= 300 then 1 else 2 + n % 3 end as podcast,
                    case when n <= 300 then n else n / 3 end as number) placed;
`

const EACH_EPISODE = '(select id as episode, podcast_id from episodes) every_episode'

const JOINS = `
  insert into episode_hosts (episode_id, podcast_id, person_id, position)
  select episode, podcast_id, 1 + (episode * 7 + host) % 200, host from ${EACH_EPISODE}, generate_series(1, 2) host;

  insert into episode_guests (episode_id, podcast_id, person_id, position)
  select episode, podcast_id, 1 + (episode * 11 + guest + 40) % 200, guest from ${EACH_EPISODE}, generate_series(1, 2) guest;

  insert into episode_topics (episode_id, podcast_id, topic_id, position)
  select episode, podcast_id, 1 + (episode + topic * 13) % 60, topic from ${EACH_EPISODE}, generate_series(1, 3) topic;

  insert into episode_sponsors (episode_id, podcast_id, sponsor_id, position, title, link_url, description, starts_ms, ends_ms)
  select episode, podcast_id, 1 + (episode + sponsor * 17) % 40, sponsor, 'A word from sponsor ' || sponsor,
    'https://sponsor-' || sponsor || '.example/show', 'Makes things & mends them.', sponsor * 600000, sponsor * 600000 + 60000
  from ${EACH_EPISODE}, generate_series(1, 2) sponsor;

  insert into episode_links (episode_id, podcast_id, position, title, url)
  select episode, podcast_id, link, 'Link ' || link || ' of ' || episode, 'https://example.com/' || episode || '/' || link
  from ${EACH_EPISODE}, generate_series(1, 4) link;

  insert into chapters (episode_id, podcast_id, position, starts_ms, title, link_url)
  select episode, podcast_id, chapter, (chapter - 1) * 240000, 'Chapter ' || chapter || ' of ' || episode,
    case when chapter % 2 = 0 then 'https://example.com/chapter/' || chapter end
  from ${EACH_EPISODE}, generate_series(1, 8) chapter;
`

const TRANSCRIPTS = `
  insert into transcripts (id, episode_id, podcast_id, position, type, language)
  select episode, episode, podcast_id, 0, 'text/vtt', 'en' from ${EACH_EPISODE};

  insert into transcript_cues (transcript_id, podcast_id, person_id, position, starts_ms, ends_ms, speaker, body)
  select episode, podcast_id, 1 + (episode * 7 + 1 + cue % 2) % 200, cue, cue * 9000, cue * 9000 + 8500,
    'Person ' || 1 + (episode * 7 + 1 + cue % 2) % 200, repeat('And then it was said, quite plainly, again. ', 4)
  from ${EACH_EPISODE}, generate_series(1, 24) cue;
`
