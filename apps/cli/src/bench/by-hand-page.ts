import { type Rows } from './by-hand-rows.ts'

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}
const h = (text: string) => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign)
const each = <T>(items: readonly T[], write: (item: T, index: number) => string) =>
  items.map(write).join('\n')

const longDate = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' })
const exactDate = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
})

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

const PLAY =
  '<svg viewBox="0 0 40 44" aria-hidden="true" focusable="false"><path class="start" d="M1 1v42l38-21z"/><path class="stop" d="M2 1h12v42H2zM26 1h12v42H26z"/></svg>'

/** The page of an episode as one string template (cut where a function grows too long), for episodes as the bench makes them. */
export function pageByHand(site: string, head: string, slug: string, rows: Rows): string {
  const { episode } = rows
  const address = `/${slug}/${episode.slug}`

  return `<!doctype html>
<html lang="en">
${headByHand(site, head, slug, rows)}
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="masthead">
<a class="wordmark" href="/" dir="auto">Showrunner</a>
<nav aria-label="Site">
<ul>
<li><a href="/podcasts">Podcasts</a></li>
<li><a href="/about">About</a></li>
</ul>
</nav>
</header>
<div class="tape"></div>
<main class="page" id="main">
<article data-show style="--on-light:#4b6b24;--on-dark:#758f5b;--cover:#4b6b24;--on-cover:#ffffff" lang="en">
${opening(slug, rows)}
${player(address, rows)}
<div class="reading">
<div>
${chapters(rows)}
<section aria-labelledby="notes">
<h2 class="section-title" id="notes" lang="en">Notes</h2>
<div class="hung">
<div class="prose" dir="auto">${episode.notes_html}</div>
</div>
</section>
${transcript(address, rows)}
</div>
${smallPrint(rows)}
</div>
${turn(slug, rows)}
</article>
</main>
<footer class="colophon">
<div class="meta">
<p><a href="/">Showrunner</a></p>
<ul>
<li><a href="/podcasts">Podcasts</a></li>
<li><a href="/about">About</a></li>
<li><a href="/in" rel="nofollow">Sign in</a></li>
</ul>
</div>
</footer>
${DECK}
</body>
</html>
`
}

function headByHand(site: string, head: string, slug: string, rows: Rows): string {
  const { podcast, episode } = rows
  const title = `${h(episode.title)} · ${h(podcast.title)} · Showrunner`
  const address = `/${slug}/${episode.slug}`

  return `<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${h(episode.subtitle)}">
<link rel="canonical" href="${site}${address}">
${head}
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#fbfaf7" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#161310" media="(prefers-color-scheme: dark)">
<meta property="og:site_name" content="Showrunner">
<meta property="og:type" content="article">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${h(episode.subtitle)}">
<meta property="og:url" content="${site}${address}">
<meta property="og:audio" content="${h(episode.audio_url)}">
<meta name="twitter:card" content="summary">
<link rel="alternate" type="application/rss+xml" title="${h(podcast.title)}" href="/${slug}/feed">
<script type="application/ld+json">${jsonLd(site, slug, rows)}</script>
</head>`
}

function opening(slug: string, { podcast, episode, hosts, guests }: Rows): string {
  const published = episode.published_at.toISOString()

  return `<header class="opening">
<div>
<p class="provenance"><a href="/${slug}" dir="auto">${h(podcast.title)}</a> <span>No. ${episode.number}</span> <time datetime="${published}" title="${exactDate.format(episode.published_at)} UTC">${longDate.format(episode.published_at)}</time></p>
<h1 data-size="short" dir="auto">${h(episode.title)}</h1>
<p class="standfirst" dir="auto">${h(episode.subtitle)}</p>
<ul class="people">
${each(hosts, (person) => face(person, 'Host'))}
${each(guests, (person) => face(person, 'Guest'))}
</ul>
</div>
<span class="cover">
<span class="cover-type" aria-hidden="true" data-size="short" dir="auto"><span>${h(podcast.title)}</span></span>
</span>
</header>`
}

function jsonLd(site: string, slug: string, { podcast, episode }: Rows): string {
  const timeRequired = `PT${Math.floor(episode.audio_duration / 60)}M${episode.audio_duration % 60}S`
  return JSON.stringify({
    '@context': 'https://schema.org',
    '@type': 'PodcastEpisode',
    name: episode.title,
    url: `${site}/${slug}/${episode.slug}`,
    description: episode.subtitle,
    datePublished: episode.published_at,
    episodeNumber: Number(episode.number),
    timeRequired,
    partOfSeries: { '@type': 'PodcastSeries', name: podcast.title, url: `${site}/${slug}` },
    associatedMedia: {
      '@type': 'AudioObject',
      contentUrl: episode.audio_url,
      encodingFormat: episode.audio_type,
      contentSize: episode.audio_bytes,
      duration: timeRequired,
    },
  }).replaceAll('<', '\\u003c')
}

function face({ name, handle }: { name: string; handle: string }, role: string): string {
  const [first = '', last = ''] = name.split(' ')
  return `<li><a href="/person/${handle}"><span class="face" aria-hidden="true">${first[0]}${last[0]}</span><span><span dir="auto">${h(name)}</span> <span class="role">${role}</span></span></a></li>`
}

function player(address: string, { podcast, episode, chapters }: Rows): string {
  return `<show-player class="player" lang="en" data-episode="${address}" data-title="${h(episode.title)}" data-of="${h(podcast.title)}" data-image="" data-seconds="${episode.audio_duration}">
<audio controls preload="none" src="${h(episode.audio_url)}"></audio>
<section class="score" aria-label="Player">
<button class="play" type="button" data-do="toggle" aria-label="Play">${PLAY}
</button>
<div class="staff"><span class="line"></span><span class="played"></span>${chapters.map((chapter, index) => `<span class="bar" style="--from:${Math.round((chapter.starts_ms / episode.audio_duration) * 10) / 100}">${index + 1}</span>`).join('')}<span class="head"></span><input type="range" min="0" max="${episode.audio_duration}" step="1" value="0" aria-label="Position"></div>
<div class="desk">
<span class="elapsed figures">0:00</span>
<span class="chapter" dir="auto"></span>
<button type="button" data-do="back">Back 15</button>
<button type="button" data-do="forward">Forward 30</button>
<button type="button" data-do="speed">Speed 1×</button>
<a href="${h(episode.audio_url)}" download data-turbo="false">Download ${Math.round(Number(episode.audio_bytes) / 1e6)} MB</a>
<span class="total figures">${clock(episode.audio_duration * 1000)}</span>
</div>
</section>
</show-player>`
}

function chapters({ chapters }: Rows): string {
  return `<section aria-labelledby="chapters">
<h2 class="section-title" id="chapters" lang="en">Chapters</h2>
<ol class="chapters">
${each(chapters, ({ starts_ms, title, link_url }) => `<li data-at="${starts_ms / 1000}"><a class="at" href="#t=${clock(starts_ms)}"><span class="figures">${clock(starts_ms)}</span> <span class="what" dir="auto">${h(title)}</span></a>${link_url ? ` <a class="more link" href="${h(link_url)}">${new URL(link_url).host}</a>` : ''}</li>`)}
</ol>
</section>`
}

function transcript(address: string, { cues }: Rows): string {
  const words = cues.reduce((sum, cue) => sum + cue.body.split(' ').length, 0)
  const speech = ({
    starts_ms,
    speaker,
    body,
  }: Rows['cues'][number]) => `<div class="turn-of-speech" data-at="${starts_ms / 1000}">
<p class="speaker"><span dir="auto">${h(speaker)}</span> <a class="at figures" href="#t=${clock(starts_ms)}">${clock(starts_ms)}</a></p>
<div class="speech" dir="auto">
<p>${h(body)}</p>
</div>
</div>`
  return `<section aria-labelledby="transcript">
<div class="section-title with-files">
<h2 id="transcript" lang="en">Transcript</h2>
<ul lang="en">
<li><a class="link" href="${address}/transcript.html" data-turbo="false">Plain page</a></li>
</ul>
</div>
<div class="transcript" lang="en">
${each(cues.slice(0, 14), speech)}
<details>
<summary lang="en">Read on <span class="meta">${words} words in all</span></summary>
${each(cues.slice(14), speech)}
</details>
</div>
</section>`
}

function smallPrint({ links, sponsors, topics, episode }: Rows): string {
  const out = (title: string, items: Rows['links'], rel: string) => `<section>
<h2>${title}</h2>
<ul>
${each(items, (link) => `<li><a href="${h(link.url)}"${rel} dir="auto">${h(link.title)}</a> <span class="meta" dir="auto">${h(link.words ?? new URL(link.url).host)}</span></li>`)}
</ul>
</section>`
  return `<aside class="small-print" aria-label="About this episode" lang="en">
${out('Links', links, '')}
${out('Made possible by', sponsors, ' rel="sponsored"')}
<section>
<h2>Filed under</h2>
<ul>
${each(topics, ({ name }) => `<li dir="auto">${h(name)}</li>`)}
</ul>
</section>
<section>
<h2>Particulars</h2>
<dl>
<div><dt>Published</dt><dd dir="auto">${exactDate.format(episode.published_at)} UTC</dd></div>
</dl>
</section>
</aside>`
}

function turn(slug: string, { previous, next }: Rows): string {
  const link = (episode: Rows['previous'], rel: string, word: string) =>
    episode
      ? `<a class="${word.toLowerCase()}" href="/${slug}/${episode.slug}" rel="${rel}"><span class="meta" lang="en">${word}, No. ${episode.number}</span> <span class="title" dir="auto">${h(episode.title)}</span></a>`
      : ''
  return `<nav class="turn" aria-label="Other episodes">
${link(previous, 'prev', 'Previous')}
${link(next, 'next', 'Next')}
</nav>`
}

const DECK = `<show-deck class="deck" id="deck" data-turbo-permanent hidden>
<section aria-label="Player">
<button class="play" type="button" data-do="toggle" aria-label="Play">${PLAY}
</button>
<p class="now"><a class="title" href="/"></a> <span class="show"></span></p>
<div class="staff"><span class="line"></span><span class="played"></span><span class="head"></span><input type="range" min="0" max="1" step="1" value="0" aria-label="Position"></div>
<p class="clock figures"><span class="elapsed">0:00</span> <span class="total"></span></p>
<button type="button" data-do="speed" aria-label="Speed 1">1×</button>
</section>
</show-deck>`
