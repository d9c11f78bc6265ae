import { type Repo } from '@showrunner/data'
import { findNumbered, findVideo } from '@showrunner/domain/episodes'
import { listOnAir, listUpcoming } from '@showrunner/domain/live'
import { findNewsItem } from '@showrunner/domain/news'
import { isPostOut } from '@showrunner/domain/posts'
import { addresses, SHARE_FILES } from './addresses.ts'

/** What whoever looks an old address up needs. */
interface Looking {
  readonly repo: Repo
  readonly now: Date
  readonly membershipUrl: string | undefined
  readonly hasPage: (address: string) => Promise<boolean>
}

type Params = Readonly<Record<string, string>>

/** An address that sites of this kind had, and where that is here: a path with what is named in it, or whoever knows. */
export interface OldAddress {
  readonly from: string
  readonly to: string | ((params: Params, looking: Looking) => Promise<string | undefined>)
  readonly status?: 301 | 302 | 410
}

const { feed, episode, chapters, podloveChapters, playData, shareImage } = addresses
const [PODCAST, EPISODE] = [':podcast', ':episode']
const THE_EPISODE = episode(PODCAST, EPISODE)

/**
 * Asked last, where nothing else is at an address: a network that comes here from the CMS this one follows keeps every
 * address it had. `:name` stands for what a slug can hold, `:number` for figures.
 */
export const OLD_ADDRESSES: readonly OldAddress[] = [
  { from: '/rss', to: addresses.networkFeed },
  { from: '/feed', to: addresses.networkFeed },
  { from: '/feed.js', to: addresses.networkJsonFeed },
  { from: '/feed.json', to: addresses.networkJsonFeed },
  { from: '/feed.xml', to: addresses.networkFeed },
  { from: '/rss.xml', to: addresses.networkFeed },
  { from: '/atom.xml', to: addresses.networkFeed },
  { from: '/index.xml', to: addresses.networkFeed },
  { from: '/podcast', to: addresses.podcasts },
  { from: '/podcast/feed', to: addresses.networkFeed },
  { from: '/podcast/:number', to: numbered },
  { from: '/master', to: addresses.podcasts },
  { from: '/master/feed', to: addresses.networkFeed },
  { from: '/team', to: addresses.about },
  { from: '/changeloggers', to: addresses.about },
  { from: '/contact', to: addresses.about },
  { from: '/contribute', to: addresses.about },
  { from: '/community', to: addresses.people },
  { from: '/hosts', to: addresses.people },
  { from: '/guests', to: addresses.people },
  { from: '/episodes', to: addresses.archive },
  { from: '/tags', to: addresses.topics },
  { from: '/tag/:topic', to: addresses.topic(':topic') },
  { from: '/author/:handle', to: addresses.person(':handle') },
  { from: '/coc', to: codeOfConduct },
  { from: '/code-of-conduct', to: codeOfConduct },
  { from: '/membership', to: async (_, { membershipUrl }) => membershipUrl ?? addresses.about },
  { from: '/++', to: async (_, { membershipUrl }) => membershipUrl ?? addresses.about },
  { from: '/plusplus', to: async (_, { membershipUrl }) => membershipUrl ?? addresses.about },
  { from: '/sponsor', to: addresses.sponsors },
  { from: '/sponsorship', to: addresses.sponsors },
  { from: '/pricing', to: addresses.sponsors },
  { from: '/soundcheck', to: addresses.guest },
  { from: '/guest/:show', to: addresses.guest },
  { from: '/join', to: addresses.signedIn },
  { from: '/login', to: addresses.signedIn },
  { from: '/~/profile', to: addresses.account },
  { from: '/~/account', to: addresses.account },
  { from: '/sponsored/:sponsor', to: addresses.sponsor(':sponsor') },
  { from: '/submit', to: addresses.submitNews },
  { from: '/blog', to: addresses.posts },
  { from: '/blog/:post', to: addresses.post(':post') },
  { from: '/weekly', to: addresses.news },
  { from: '/weekly/archive', to: addresses.news },
  { from: '/weekly/unsubscribed', to: addresses.news },
  { from: '/newsletter', to: addresses.news },
  { from: '/news/archive', to: addresses.newsIssues },
  { from: '/news/issues/:issue/preview', to: addresses.newsIssue(':issue') },
  { from: '/news/:number/preview', to: newsItem },
  { from: '/news/:number/visit', to: newsItem },
  { from: '/live', to: liveNow, status: 302 },
  { from: '/live/ical', to: addresses.home, status: 410 },
  { from: '/live/ical/:show', to: addresses.home, status: 410 },
  { from: '/live/:number', to: liveNow, status: 302 },
  { from: '/manifest.json', to: addresses.manifest },
  { from: '/apple-touch-icon-precomposed.png', to: addresses.touchIcon },
  { from: '/topic/:topic/podcasts', to: addresses.topic(':topic') },
  { from: '/topic/:topic/news', to: addresses.topic(':topic') },
  { from: '/person/:handle/podcasts', to: addresses.person(':handle') },
  { from: '/person/:handle/news', to: addresses.person(':handle') },
  { from: '/:number', to: numbered },
  { from: '/:podcast/rss', to: feed(PODCAST) },
  { from: '/:podcast/rss.xml', to: feed(PODCAST) },
  { from: '/:podcast/feed.xml', to: feed(PODCAST) },
  { from: '/:podcast/:episode/play', to: playData(PODCAST, EPISODE) },
  { from: '/:podcast/:episode/chapters', to: chapters(PODCAST, EPISODE) },
  { from: '/:podcast/:episode/psc', to: podloveChapters(PODCAST, EPISODE) },
  { from: '/:podcast/:episode/img', to: shareImage(THE_EPISODE, SHARE_FILES.wide) },
  { from: '/:podcast/:episode/share', to: THE_EPISODE },
  { from: '/:podcast/:episode/discuss', to: THE_EPISODE },
  { from: '/:podcast/:episode/live', to: THE_EPISODE },
  { from: '/:podcast/:episode/time', to: THE_EPISODE },
  { from: '/:podcast/:episode/email', to: THE_EPISODE },
  { from: '/:podcast/:episode/preview', to: THE_EPISODE },
  { from: '/:podcast/:episode/yt', to: video, status: 302 },
  { from: '/:post', to: legacyPost },
]

/** What an address of a number alone was: an episode of the first show that has one. */
async function numbered({ number }: Params, { repo, now }: Looking): Promise<string | undefined> {
  const found = await findNumbered(repo, Number(number), now)
  return found && episode(found.podcast, found.slug)
}

/** Of texts it is the one that says how to behave. */
async function codeOfConduct(_: Params, { hasPage }: Looking): Promise<string | undefined> {
  return (await hasPage(addresses.terms)) ? addresses.terms : undefined
}

/** The show that is on air, else the one that is next. */
async function liveNow(_: Params, { repo, now }: Looking): Promise<string> {
  const [show] = [...(await listOnAir(repo)), ...(await listUpcoming(repo, now, 1))]
  return show ? episode(show.episode.podcast.slug, show.episode.slug) : addresses.home
}

async function newsItem({ number }: Params, { repo, now }: Looking): Promise<string | undefined> {
  const found = await findNewsItem(repo, Number(number), now)
  return found && addresses.newsItem(found)
}

async function video({ podcast = '', episode: slug = '' }: Params, { repo, now }: Looking) {
  return (await findVideo(repo, { podcast, episode: slug }, now)) ?? episode(podcast, slug)
}

/** Posts stood at the root once. */
async function legacyPost({ post = '' }: Params, { repo, now }: Looking) {
  return (await isPostOut(repo, post, now)) ? addresses.post(post) : undefined
}

interface Compiled extends OldAddress {
  readonly pattern: RegExp
}

/** Whether the show or the episode it is of is there. */
async function isThere({ podcast, episode: slug }: Params, { hasPage }: Looking): Promise<boolean> {
  if (podcast === undefined) return true
  return hasPage(slug === undefined ? addresses.podcast(podcast) : episode(podcast, slug))
}

const COMPILED: readonly Compiled[] = OLD_ADDRESSES.map((old) => ({
  ...old,
  pattern: new RegExp(
    `^${old.from
      .replaceAll('.', '\\.')
      .replaceAll('+', '\\+')
      .replaceAll(/:(\w+)/g, named)}$`,
  ),
}))

function named(_all: string, name: string): string {
  return name === 'number' ? '(?<number>[0-9]{1,9})' : `(?<${name}>[a-z0-9][a-z0-9_-]*)`
}

/** Where an old address leads; undefined for one that nobody knows. */
export async function oldAddress(
  path: string,
  looking: Looking,
): Promise<{ readonly status: 301 | 302 | 410; readonly target: string } | undefined> {
  for (const { pattern, to, status = 301 } of COMPILED) {
    const match = pattern.exec(path)
    if (!match) continue
    const params: Params = { ...match.groups }
    if (!(await isThere(params, looking))) continue
    const target =
      typeof to === 'string'
        ? to.replaceAll(/:(\w+)/g, (all, name: string) => params[name] ?? all)
        : await to(params, looking)
    if (target !== undefined && target !== path) return { status, target }
  }
  return undefined
}
