import { type EpisodePage as ShownEpisode } from '@showrunner/domain/episodes'
import { addresses } from '../addresses.ts'
import { episodePage, type EpisodePage } from './episode-page.ts'
import { frame, type Site } from './frame.ts'
import { transcriptSection, type TranscriptSection } from './transcript-section.ts'

/** The page of an episode as it will be, at an address that only some know: nothing on it leads to where it is not yet. */
export function previewPage(site: Site, shown: ShownEpisode, token: string): EpisodePage {
  const page = episodePage(site, shown)
  const address = addresses.preview(token)
  const { title, description, image } = page.frame

  return {
    ...page,
    frame: frame(site, { title, description, address, image, type: 'article', unlisted: true }),
    banner: site.words.preview.banner,
    byMail: null,
    // Nobody knows these topics and sponsors from elsewhere, maybe.
    topics: page.topics.map(({ title }) => ({ title, href: null })),
    sponsors: page.sponsors.map((sponsor) => ({ ...sponsor, page: null })),
    share: null,
    listen: page.listen && { ...page.listen, href: address },
    transcript: page.transcript && wholeTranscript(site, shown, page.transcript, address),
  }
}

/** Its page and the files of our own are there once the episode is. */
function wholeTranscript(
  { words }: Site,
  { episode }: ShownEpisode,
  transcript: TranscriptSection,
  address: string,
): TranscriptSection {
  if (!transcript.reading) return transcript
  const whole = transcriptSection(episode.podcast.slug, episode, words, { isWhole: true })
  return { ...(whole ?? transcript), files: [], episode: address, whole: address }
}
