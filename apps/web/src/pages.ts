import { type SafeHtml } from './safe-html.ts'
import { type AboutPage } from './presenters/about-page.ts'
import { type EpisodePage } from './presenters/episode-page.ts'
import { type HomePage } from './presenters/home-page.ts'
import { type NoticePage } from './presenters/notice-page.ts'
import { type PersonPage } from './presenters/person-page.ts'
import { type PodcastPage } from './presenters/podcast-page.ts'
import { type PodcastsPage } from './presenters/podcasts-page.ts'
import { type TranscriptPage } from './presenters/transcript-page.ts'
import { type ShowCard } from './presenters/show-card.ts'

/** Which view shows what. */
export interface Pages {
  readonly 'home/show': HomePage
  readonly 'podcasts/index': PodcastsPage
  readonly 'podcast/show': PodcastPage
  readonly 'episode/show': EpisodePage
  readonly 'person/show': PersonPage
  readonly 'about/show': AboutPage
  readonly 'transcript/show': TranscriptPage
  readonly 'account/sign-in': NoticePage & { readonly action: string }
  readonly 'account/link-spent': NoticePage
  readonly 'account/signed-in': NoticePage & { readonly name: string }
  readonly 'account/signed-out': NoticePage
  readonly 'errors/not-found': NoticePage & {
    readonly address: string
    readonly shows: readonly ShowCard[]
  }
  readonly 'errors/plain': PlainPage
}

/** An error page that needs no database. */
export interface PlainPage {
  readonly title: string
  readonly words: string
  readonly requestId: string
  readonly assets: SafeHtml
}
