import {
  type IssuePage as ShownIssue,
  ISSUES_PER_PAGE,
  type IssuesPage as ShownIssues,
  type NewsIssue,
} from '@showrunner/domain/issues'
import { addresses } from '../addresses.ts'
import { safeHtml, type SafeHtml } from '../safe-html.ts'
import { moment, type Moment } from './dates.ts'
import { frame, type Frame, type Site } from './frame.ts'
import { type NewsLine, newsLine } from './news-line.ts'
import { type Paging, pagingOf } from './paging.ts'
import { newsletterForm, type SubscribeForm } from './subscribe-form.ts'

export interface IssuesPage {
  readonly frame: Frame
  readonly issues: readonly {
    readonly title: string
    readonly href: string
    readonly teaser: string | null
    readonly when: Moment | null
  }[]
  readonly byMail: SubscribeForm | null
  readonly paging: Paging
}

export function issuesPage(site: Site, shown: ShownIssues): IssuesPage {
  const { words } = site
  const { news, lists } = words
  const { page } = shown
  const paging = pagingOf({ ...shown, perPage: ISSUES_PER_PAGE }, words, addresses.newsIssuesPage)
  return {
    frame: frame(site, {
      title: page > 1 ? lists.page(news.issues, page) : news.issues,
      description: news.issuesLead(site.title),
      address: addresses.newsIssuesPage(page),
      paging,
      crumbs: [{ title: words.frame.news, href: addresses.news }],
      section: 'news',
    }),
    issues: shown.issues.map(({ number, slug, teaser, publishedAt }) => ({
      title: news.issue(number),
      href: addresses.newsIssue(slug),
      teaser,
      when: publishedAt && moment(publishedAt, words),
    })),
    byMail: shown.total > 0 ? newsletterForm(words) : null,
    paging,
  }
}

export interface IssuePage {
  readonly frame: Frame
  readonly banner: string | null
  readonly title: string
  readonly teaser: string | null
  readonly when: Moment | null
  readonly noteHtml: SafeHtml | null
  readonly lines: readonly NewsLine[]
  /** Null for who looks at one that is not out. */
  readonly byMail: SubscribeForm | null
  readonly previous: TurnLink | null
  readonly next: TurnLink | null
}

interface TurnLink {
  readonly href: string
  readonly title: string
}

export interface ShownIssuePage {
  readonly shown: ShownIssue
  readonly counts: ReadonlyMap<string, number>
}

export function issuePage(site: Site, { shown, counts }: ShownIssuePage): IssuePage {
  const { words } = site
  const { issue, items, previous, next } = shown
  const title = words.news.issue(issue.number)
  return {
    frame: frame(site, {
      title,
      description: issue.teaser,
      address: addresses.newsIssue(issue.slug),
      type: 'article',
      published: issue.publishedAt,
      modified: issue.updatedAt,
      crumbs: [{ title: words.news.issues, href: addresses.newsIssues }],
      section: 'news',
    }),
    banner: null,
    title,
    teaser: issue.teaser,
    when: issue.publishedAt && moment(issue.publishedAt, words),
    // Sanitised by the domain when the note was saved.
    noteHtml: issue.noteHtml === null ? null : safeHtml(issue.noteHtml),
    lines: items.map(({ item, withPicture }) => ({
      ...newsLine(item, counts.get(`news-${item.id}`) ?? 0, words),
      imageUrl: withPicture ? item.imageUrl : null,
      isPinned: false,
    })),
    byMail: newsletterForm(words),
    previous: turnLink(site, previous),
    next: turnLink(site, next),
  }
}

/** The page of an issue as it will be, for who works on it. */
export function issuePreview(site: Site, shown: ShownIssue): IssuePage {
  const page = issuePage(site, { shown, counts: new Map() })
  const { title, description } = page.frame
  const address = addresses.admin.previewNewsIssue(shown.issue.id)
  return {
    ...page,
    banner: site.words.news.preview,
    byMail: null,
    frame: frame(site, { title, description, address, unlisted: true }),
  }
}

function turnLink({ words }: Site, issue: NewsIssue | undefined): TurnLink | null {
  if (!issue) return null
  return {
    href: addresses.newsIssue(issue.slug),
    title: issue.teaser ?? words.news.issue(issue.number),
  }
}
