import * as news from '@showrunner/domain/news'
import { type FastifyRequest } from 'fastify'
import { withId } from './with-id.ts'

/** The item of the news that an address names, if whoever asks may do this with it. */
export async function newsItemAt(
  { actor, repo, params }: Pick<FastifyRequest, 'actor' | 'repo' | 'params'>,
  action: 'show' | 'update' | 'delete' | 'publish' | 'unpublish' | 'queue' | 'decline',
): Promise<news.NewsItemToEdit> {
  const item = await news.getNewsItemToEdit(repo, withId(params))
  news.mayOrThrow(actor, action, item)
  return item
}
