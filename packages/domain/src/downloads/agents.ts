/** Fetch, and nobody hears it. Looked for before everything else. */
const BOT =
  /(?<!cu)bot(?![a-z])|crawl|spider|slurp|scrap|archiver|monitor|uptime|pingdom|statuscake|preview|facebookexternalhit|headless|lighthouse|validator|feedvalidator|ahrefs|semrush|dataprovider|bytespider|gptbot|claudebot|ccbot|perplexity|mediapartners|bingpreview|yandex|baidu|duckduckbot|petalbot|podscribe|podsights|chartable|magellan|podcheck|castfeedvalidator|googleother|google-inspectiontool|amazonproductdiscovery|amazonnewscontenthandler|transcrib/i

/** Programs that fetch for other programs: what they fetch is no download. */
const LIBRARY =
  /^(?:curl|wget|python|aiohttp|httpx|go-http-client|java\/|okhttp|apache-httpclient|axios|node-fetch|undici|node$|libwww|lwp|ruby|php|guzzle|dart|reqwest|rome|scrapy|postman|insomnia|ffmpeg|lavf|winhttp|cfnetwork)/i

/** The watch fetches what the phone beside it has counted already. */
const WATCH = /watchos|apple ?watch|\(watch/i

/** First match names it. */
const APPS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^overcast/i, 'Overcast'],
  [/pocket ?casts/i, 'Pocket Casts'],
  [/^spotify/i, 'Spotify'],
  [/^podcasts\/|^itms|itunes|apple podcasts/i, 'Apple Podcasts'],
  [/antennapod/i, 'AntennaPod'],
  [/podcast ?addict/i, 'Podcast Addict'],
  [/castbox/i, 'Castbox'],
  [/castro/i, 'Castro'],
  [/downcast/i, 'Downcast'],
  [/podverse/i, 'Podverse'],
  [/fountain/i, 'Fountain'],
  [/podcastguru|podcast guru/i, 'Podcast Guru'],
  [/truefans/i, 'TrueFans'],
  [/castamatic/i, 'Castamatic'],
  [/podfriend/i, 'Podfriend'],
  [/player ?fm|^playerfm/i, 'Player FM'],
  [/podbean/i, 'Podbean'],
  [/podcast ?republic/i, 'Podcast Republic'],
  [/beyondpod/i, 'BeyondPod'],
  [/instacast/i, 'Instacast'],
  [/icatcher/i, 'iCatcher!'],
  [/doggcatcher/i, 'DoggCatcher'],
  [/gpodder/i, 'gPodder'],
  [/rssradio/i, 'RSSRadio'],
  [/podkicker/i, 'Podkicker'],
  [/stitcher/i, 'Stitcher'],
  [/iheart/i, 'iHeartRadio'],
  [/tunein/i, 'TuneIn'],
  [/deezer/i, 'Deezer'],
  [/audible/i, 'Audible'],
  [/amazonmusic|amazon music/i, 'Amazon Music'],
  [/alexamediaplayer|^echo\//i, 'Alexa'],
  [/youtubemusic|com\.google\.android\.apps\.youtube/i, 'YouTube Music'],
  [/googlepodcasts|googlechirp/i, 'Google'],
  [/sonos/i, 'Sonos'],
  [/roku/i, 'Roku'],
  [/^vlc|libvlc/i, 'VLC'],
  [/kodi/i, 'Kodi'],
  [/foobar2000/i, 'foobar2000'],
  [/winamp/i, 'Winamp'],
  [/netnewswire/i, 'NetNewsWire'],
  [/feedly/i, 'Feedly'],
  [/inoreader/i, 'Inoreader'],
  [/feedbin/i, 'Feedbin'],
  [/newsblur/i, 'NewsBlur'],
  [/miniflux/i, 'Miniflux'],
  [/freshrss/i, 'FreshRSS'],
  [/tiny tiny rss/i, 'Tiny Tiny RSS'],
  [/the old reader|theoldreader/i, 'The Old Reader'],
  [/nextcloud/i, 'Nextcloud'],
  [/thunderbird/i, 'Thunderbird'],
  [/^applecoremedia/i, 'Apple devices'],
  [/stagefright|exoplayer|^android/i, 'Android devices'],
  [/edg(?:e|a|ios)?\//i, 'Edge'],
  [/opr\/|opera/i, 'Opera'],
  [/firefox\/|fxios/i, 'Firefox'],
  [/chrome\/|crios|chromium/i, 'Chrome'],
  [/safari\//i, 'Safari'],
]

export const OTHER = 'Other'

/** What an app or a program is called that says so by its user agent. Two sayings of the same are one. */
export function agentName(userAgent: string): string {
  return APPS.find(([pattern]) => pattern.test(userAgent))?.[1] ?? OTHER
}

/** Whether somebody may be there who hears what is fetched with this. Who says nothing of themselves is nobody. */
export function isListener(userAgent: string): boolean {
  const said = userAgent.trim()
  return said !== '' && !WATCH.test(said) && !BOT.test(said) && !LIBRARY.test(said)
}

/** For how many a program says it fetches a feed: `Overcast/3.0 (…; 123 subscribers; feed-id=456)`. */
export interface Readers {
  readonly agent: string
  readonly mark: string
  readonly subscribers: number | null
}

const SUBSCRIBERS = /\b(\d{1,9}) (?:subscribers?|readers?|users?)\b/i
const FEED_ID = /\bfeed-?id[=:]\s?([\w-]{1,60})/i
const FIRST_NAME = /^[^/;(]{1,40}/

export function readersIn(userAgent: string): Readers | undefined {
  const said = userAgent.trim()
  if (said === '') return undefined
  const count = SUBSCRIBERS.exec(said)?.[1]
  const known = agentName(said)
  if (count === undefined) {
    const isProgram = known === OTHER && (BOT.test(said) || LIBRARY.test(said))
    return { agent: isProgram ? 'Programs' : known, mark: '', subscribers: null }
  }
  // Who counts its readers has a name of its own, whether we know it or not.
  const agent = known === OTHER ? (FIRST_NAME.exec(said)?.[0].trim() ?? OTHER) : known
  const mark = FEED_ID.exec(said)?.[1] ?? ''
  return { agent: agent === '' ? OTHER : agent, mark, subscribers: Number(count) }
}
