import { type PodcastWithHosts } from '@showrunner/domain/podcasts'
import { type Settings } from '@showrunner/domain/settings'
import { addresses } from '../addresses.ts'
import { safeHtml, type SafeHtml } from '../safe-html.ts'
import { type Words } from '../words/index.ts'
import { frame, type Frame, type Site } from './frame.ts'
import { organization } from './json-ld.ts'
import { type PersonCard, personCard } from './people.ts'
import { newsletterForm, type SubscribeForm } from './subscribe-form.ts'

export interface AboutPage {
  readonly frame: Frame
  readonly descriptionHtml: SafeHtml | null
  readonly owner: { readonly name: string; readonly mail: string | null } | null
  readonly byMail: SubscribeForm | null
  readonly people: readonly PersonCard[]
}

export function aboutPage(
  site: Site,
  settings: Settings,
  podcasts: readonly PodcastWithHosts[],
  hasIssues: boolean,
): AboutPage {
  return {
    frame: frame(site, {
      title: site.words.frame.about,
      description: site.tagline,
      address: addresses.about,
      section: 'about',
      jsonLd: organization(site),
    }),
    // Sanitised by the domain when the description was saved.
    descriptionHtml: settings.descriptionHtml ? safeHtml(settings.descriptionHtml) : null,
    owner: settings.ownerName
      ? { name: settings.ownerName, mail: settings.ownerEmail && mailto(settings.ownerEmail) }
      : null,
    byMail: hasIssues ? newsletterForm(site.words) : null,
    people: everybodyOnce(podcasts, site.words),
  }
}

function everybodyOnce(podcasts: readonly PodcastWithHosts[], words: Words): readonly PersonCard[] {
  const hosts = podcasts.flatMap((podcast) => podcast.hosts.map((person) => ({ person, podcast })))

  return Array.from(Map.groupBy(hosts, ({ person }) => person.handle).values(), (parts) => {
    const [first] = parts
    return first
      ? [
          personCard(
            { person: first.person, role: parts.map((p) => p.podcast.title).join(', ') },
            words,
          ),
        ]
      : []
  }).flat()
}

// An address may hold signs that mean something else in a link.
function mailto(email: string): string {
  return `mailto:${encodeURIComponent(email).replace('%40', '@')}`
}
