import { type ListedPost } from '@showrunner/domain/posts'
import { addresses } from '../addresses.ts'
import { type Words } from '../words/index.ts'
import { moment } from './dates.ts'
import { standfirst, type EpisodeLine } from './episode-line.ts'

const STANDFIRST = 220

type LinePost = Pick<ListedPost, 'slug' | 'title' | 'subtitle' | 'tldr' | 'publishedAt'>

/** A post as a line of a running order, with its author where that is not said already. None says how long it takes. */
export function postLine(
  { slug, title, subtitle, tldr, publishedAt }: LinePost,
  author: string | null,
  words: Words,
): EpisodeLine {
  return {
    href: addresses.post(slug),
    title,
    standfirst: standfirst({ title, subtitle: tldr, summary: subtitle }, STANDFIRST),
    when: publishedAt && moment(publishedAt, words),
    length: null,
    share: 0,
    label: null,
    people: author,
    show: null,
  }
}
