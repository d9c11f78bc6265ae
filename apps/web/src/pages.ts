import { type SafeHtml } from './safe-html.ts'
import { type ApiTokenDesk } from './presenters/admin/api-tokens.ts'
import { type ActivityView } from './presenters/admin/activity.ts'
import { type ApiPage } from './presenters/api-page.ts'
import { type ApiTokenForm, type ApiTokensPage } from './presenters/api-tokens-page.ts'
import { type AppearancesPage } from './presenters/admin/appearances-page.ts'
import { type EpisodeListPage } from './presenters/admin/episode-list.ts'
import { type NewEpisodePage } from './presenters/admin/new-episode-page.ts'
import { type EpisodeSheetPage } from './presenters/admin/episode-sheet-page.ts'
import { type PodcastSheetPage } from './presenters/admin/podcast-page.ts'
import { type ChoicesPart, type FoundLink, type SearchPage } from './presenters/admin/search.ts'
import { type DashboardPage } from './presenters/admin/dashboard.ts'
import { type DownloadsPage } from './presenters/admin/downloads.ts'
import { type EpisodeDownloadsPage } from './presenters/admin/episode-downloads.ts'
import { type PodcastDownloadsPage } from './presenters/admin/podcast-downloads.ts'
import { type SponsorReportPage } from './presenters/admin/sponsor-report.ts'
import { type MemberFeedDesk } from './presenters/admin/member-feeds.ts'
import { type MergePage } from './presenters/admin/merge-page.ts'
import { type RemovePeoplePage } from './presenters/admin/people.ts'
import { type PersonDeskPage } from './presenters/admin/person-desk.ts'
import { type PersonSheetPage } from './presenters/admin/person-form.ts'
import { type FormPage } from './presenters/admin/form-page.ts'
import { type ImportPage } from './presenters/admin/import-page.ts'
import { type FilesPage } from './presenters/admin/files-page.ts'
import { type ImportsPage } from './presenters/admin/imports-page.ts'
import { type ListPage } from './presenters/admin/list-page.ts'
import { type AboutPage } from './presenters/about-page.ts'
import { type DeckPage } from './presenters/deck-page.ts'
import { type EmbedPage } from './presenters/embed-page.ts'
import { type EpisodePage } from './presenters/episode-page.ts'
import { type FeedsPage } from './presenters/feeds-page.ts'
import { type HomePage } from './presenters/home-page.ts'
import { type MasqueradeBar } from './presenters/masquerade-bar.ts'
import { type KeptMailPage, type MailboxPage } from './presenters/mailbox-page.ts'
import { type MemberFeedForm, type MemberFeedsPage } from './presenters/member-feeds-page.ts'
import { type MissingPage } from './presenters/missing-page.ts'
import { type NoticePage } from './presenters/notice-page.ts'
import { type PastedPage } from './presenters/admin/pasted-page.ts'
import { type TranscriptDesk } from './presenters/admin/transcript-desk.ts'
import { type TranscriptsPage } from './presenters/admin/transcripts-page.ts'
import { type LiveDeskPage } from './presenters/admin/live-desk.ts'
import { type PublicationPage } from './presenters/admin/publication.ts'
import { type EpisodeAudioPage } from './presenters/admin/episode-audio-page.ts'
import { type PicturePage } from './presenters/admin/picture-page.ts'
import { type VideoPage } from './presenters/admin/video-page.ts'
import { type UploadPanel } from './presenters/admin/upload-panel.ts'
import { type UploadStateView } from './presenters/admin/upload-state.ts'
import { type ArchivePage } from './presenters/archive-pages.ts'
import { type LinesPage } from './presenters/lines-page.ts'
import { type PeoplePage } from './presenters/people-page.ts'
import { type SubjectPage, type SubjectsPage } from './presenters/topic-pages.ts'
import { type PersonPage } from './presenters/person-page.ts'
import { type PodcastPage } from './presenters/podcast-page.ts'
import { type PodcastsPage } from './presenters/podcasts-page.ts'
import { type InboxEventPage } from './presenters/admin/inbox-event.ts'
import { type InboxPage } from './presenters/admin/inbox.ts'
import { type JobsPage } from './presenters/admin/jobs.ts'
import { type MembersPage } from './presenters/admin/members.ts'
import { type CommunityPage } from './presenters/admin/community-settings.ts'
import { type MailLogPage } from './presenters/admin/mail-log.ts'
import { type MailList, type MailPage } from './presenters/admin/mails.ts'
import { type RequestDesk } from './presenters/admin/requests.ts'
import { type RequestPage } from './presenters/request-page.ts'
import {
  type ConfirmRequestPage,
  type RequestStatusPage,
} from './presenters/request-status-page.ts'
import { type SeveralPage } from './presenters/admin/several-page.ts'
import { type OwnReportPage } from './presenters/sponsor-report.ts'
import { type SessionsPage } from './presenters/sessions-page.ts'
import { type SignInPage } from './presenters/sign-in-page.ts'
import {
  type ConfirmSubscriptionPage,
  type SubscribePage,
  type SubscriptionsPage,
  type UnsubscribePage,
} from './presenters/subscription-pages.ts'
import {
  type ImportSubscribersPage,
  type SubscriptionDesk,
} from './presenters/admin/subscriptions.ts'
import { type WebhookDesk } from './presenters/admin/webhook-desk.ts'
import { type TextPage } from './presenters/text-page.ts'
import { type TranscriptReadPage } from './presenters/transcript-read-page.ts'
import { type TranscriptPage } from './presenters/transcript-page.ts'
import { type CommentDesk } from './presenters/admin/comments.ts'
import { type IssueSheetPage } from './presenters/admin/issues.ts'
import { type NewsSheetPage } from './presenters/admin/news-form.ts'
import { type QueuePage } from './presenters/admin/news-list.ts'
import { type NewsPublicationPage } from './presenters/admin/news-publication.ts'
import { type PostSheetPage } from './presenters/admin/post-form.ts'
import { type PostPublicationPage } from './presenters/admin/post-publication.ts'
import { type PostPage } from './presenters/post-page.ts'
import {
  type CommentPage,
  type DiscussionDesk,
  type RefusedCommentPage,
  type UnfollowPage,
  type UnwantedMailsPage,
  type WriteCommentPage,
} from './presenters/comment-pages.ts'
import { type IssuePage, type IssuesPage } from './presenters/issue-pages.ts'
import {
  type NewsItemPage,
  type NewsPage,
  type SourcePage,
  type SourcesPage,
} from './presenters/news-pages.ts'
import { type SubmitNewsPage } from './presenters/submit-news-page.ts'
import { type PostsPage } from './presenters/posts-page.ts'
import { type ProfilePage } from './presenters/profile-page.ts'
import {
  type SearchPage as PublicSearchPage,
  type SuggestionsPart,
} from './presenters/search-page.ts'

/** Which view shows what. */
export interface Pages {
  readonly 'feeds/index': FeedsPage
  readonly 'home/show': HomePage
  readonly 'podcasts/index': PodcastsPage
  readonly 'podcast/show': PodcastPage
  readonly 'episode/show': EpisodePage
  readonly 'player/deck': DeckPage
  readonly 'embed/show': EmbedPage
  readonly 'person/show': PersonPage
  readonly 'people/index': PeoplePage
  readonly 'lines/show': LinesPage
  readonly 'archive/index': ArchivePage
  readonly 'subject/index': SubjectsPage
  readonly 'subject/show': SubjectPage
  readonly 'posts/index': PostsPage
  readonly 'admin/comments/show': CommentDesk
  readonly 'admin/issues/edit': IssueSheetPage
  readonly 'admin/issues/index': ListPage
  readonly 'admin/news/edit': NewsSheetPage
  readonly 'admin/news/publish': NewsPublicationPage
  readonly 'admin/news/queue': QueuePage
  readonly 'admin/posts/edit': PostSheetPage
  readonly 'admin/posts/publish': PostPublicationPage
  readonly 'post/show': PostPage
  readonly 'news/index': NewsPage
  readonly 'news/show': NewsItemPage
  readonly 'news/source': SourcePage
  readonly 'news/sources': SourcesPage
  readonly 'news/submit': SubmitNewsPage
  readonly 'news/submitted': NoticePage
  readonly 'issues/index': IssuesPage
  readonly 'issues/show': IssuePage
  readonly 'comments/_desk': DiscussionDesk
  readonly 'comments/write': WriteCommentPage
  readonly 'comments/show': CommentPage
  readonly 'comments/refused': RefusedCommentPage
  readonly 'comments/unfollow': UnfollowPage
  readonly 'comments/unwanted': UnwantedMailsPage
  readonly 'comments/unknown': NoticePage
  readonly 'about/show': AboutPage
  readonly 'search/show': PublicSearchPage
  readonly 'search/suggestions': SuggestionsPart
  readonly 'transcript/show': TranscriptPage
  readonly 'transcript/read': TranscriptReadPage
  readonly 'preview/over': NoticePage
  readonly 'admin/subscriptions/show': SubscriptionDesk
  readonly 'admin/subscriptions/import': ImportSubscribersPage
  readonly 'admin/webhooks/show': WebhookDesk
  readonly 'subscription/new': SubscribePage
  readonly 'subscription/sent': NoticePage & { readonly hasMailbox: boolean }
  readonly 'subscription/done': NoticePage
  readonly 'subscription/confirm': ConfirmSubscriptionPage
  readonly 'subscription/spent': NoticePage
  readonly 'subscription/unknown': NoticePage
  readonly 'subscription/unsubscribe': UnsubscribePage
  readonly 'account/subscriptions': SubscriptionsPage
  readonly 'account/sign-in': SignInPage
  readonly 'account/link-sent': NoticePage & {
    readonly email: string | null
    readonly hasMailbox: boolean
  }
  readonly 'account/use-link': UseLinkPage
  readonly 'account/link-spent': NoticePage
  readonly 'account/github-failed': NoticePage
  readonly 'account/signed-in': NoticePage & {
    readonly name: string
    /** Whether there is something for them to do in the admin area. */
    readonly hasWork: boolean
  }
  readonly 'account/report': OwnReportPage
  readonly 'account/sessions': SessionsPage
  readonly 'account/profile': ProfilePage
  readonly 'account/feeds': MemberFeedsPage
  readonly 'account/feed': MemberFeedForm
  readonly 'account/tokens': ApiTokensPage
  readonly 'account/token': ApiTokenForm
  readonly 'api/show': ApiPage
  readonly 'account/masquerading': NoticePage & { readonly masquerade: MasqueradeBar | null }
  readonly 'parts/_masquerade': MasqueradeBar
  readonly 'parts/_visitor': {
    readonly name: string
    readonly account: string
    readonly admin: string | null
  }
  readonly 'account/address-sent': NoticePage & { readonly email: string | null }
  readonly 'account/use-address': UseLinkPage
  readonly 'account/address-spent': NoticePage
  readonly 'account/address-taken': NoticePage
  readonly 'request/new': RequestPage
  readonly 'request/sent': NoticePage & { readonly hasMailbox: boolean }
  readonly 'request/confirm': ConfirmRequestPage
  readonly 'request/show': RequestStatusPage
  readonly 'request/link-spent': NoticePage
  readonly 'guest/show': TextPage
  readonly 'text/show': TextPage
  readonly 'admin/requests/show': RequestDesk
  readonly 'admin/community/show': CommunityPage
  readonly 'admin/mails/index': MailList
  readonly 'admin/mails/log': MailLogPage
  readonly 'admin/mails/show': MailPage
  readonly 'admin/jobs/index': JobsPage
  readonly 'mailbox/index': MailboxPage
  readonly 'mailbox/show': KeptMailPage
  readonly 'errors/too-often': NoticePage & { readonly wait: string }
  readonly 'errors/not-allowed': NoticePage & {
    /** For who might be allowed once they are signed in. */
    readonly signIn: string | null
  }
  readonly 'errors/not-found': MissingPage
  readonly 'errors/plain': PlainPage
  readonly 'admin/activity/show': ActivityView
  readonly 'admin/dashboard/show': DashboardPage
  readonly 'admin/appearances/show': AppearancesPage
  readonly 'admin/episodes/index': EpisodeListPage
  readonly 'admin/episodes/edit': EpisodeSheetPage
  readonly 'admin/episodes/new': NewEpisodePage
  readonly 'admin/episodes/video': VideoPage
  readonly 'admin/feeds/show': MemberFeedDesk
  readonly 'admin/tokens/show': ApiTokenDesk
  readonly 'admin/memberships/event': InboxEventPage
  readonly 'admin/memberships/inbox': InboxPage
  readonly 'admin/memberships/index': MembersPage
  readonly 'admin/people/edit': PersonSheetPage
  readonly 'admin/people/merge': MergePage
  readonly 'admin/downloads/episode': EpisodeDownloadsPage
  readonly 'admin/downloads/index': DownloadsPage
  readonly 'admin/downloads/podcast': PodcastDownloadsPage
  readonly 'admin/downloads/report': SponsorReportPage
  readonly 'admin/people/remove': RemovePeoplePage
  readonly 'admin/people/show': PersonDeskPage
  readonly 'admin/podcasts/edit': PodcastSheetPage
  readonly 'admin/search/show': SearchPage
  readonly 'admin/search/links': { readonly links: readonly FoundLink[] }
  readonly 'admin/search/choices': ChoicesPart
  readonly 'admin/form/show': FormPage
  readonly 'admin/imports/index': ImportsPage
  readonly 'admin/podcasts/files': FilesPage
  readonly 'admin/imports/show': ImportPage
  readonly 'admin/transcripts/index': TranscriptsPage
  readonly 'admin/transcripts/pasted': PastedPage
  readonly 'admin/transcripts/show': TranscriptDesk
  readonly 'admin/list/show': ListPage
  readonly 'admin/list/several': SeveralPage
  readonly 'admin/live/show': LiveDeskPage
  readonly 'admin/publication/show': PublicationPage
  readonly 'admin/uploads/episode': EpisodeAudioPage
  readonly 'admin/uploads/picture': PicturePage
  readonly 'admin/uploads/panel': { readonly panel: UploadPanel }
  readonly 'admin/uploads/state': { readonly upload: UploadStateView; readonly back: string }
}

/** What a sign-in link leads to: a button, and for who is new a name. */
export interface UseLinkPage extends NoticePage {
  readonly action: string
  /** Whose link it is; nobody's yet, when it makes a member. */
  readonly name: string | null
  readonly email: string | null
}

/** An error page that needs no database. */
export interface PlainPage {
  readonly title: string
  readonly reason: string
  readonly requestId: string
  readonly assets: SafeHtml
}
