import { type Hit } from '@showrunner/domain/search'
import { addresses } from '../addresses.ts'

/** Where something is that was found. A new kind of thing has its address here. */
export function foundAddress({
  kind,
  id,
  slug,
  podcast,
}: Pick<Hit, 'kind' | 'id' | 'slug' | 'podcast'>): string {
  switch (kind) {
    case 'podcast':
      return addresses.podcast(slug)
    case 'episode':
      return addresses.episode(podcast?.slug ?? '', slug)
    case 'person':
      return addresses.person(slug)
    case 'topic':
      return addresses.topic(slug)
    case 'post':
      return addresses.post(slug)
    case 'news':
      return addresses.newsItem({ id, slug })
    default:
      throw new Error(`there is no address of ${String(kind satisfies never)}`)
  }
}
