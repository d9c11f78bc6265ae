import * as posts from '@showrunner/domain/posts'
import { type FastifyRequest } from 'fastify'
import { withId } from './with-id.ts'

/** The post that an address names, if whoever asks may do this with it. */
export async function postAt(
  { actor, repo, params }: Pick<FastifyRequest, 'actor' | 'repo' | 'params'>,
  action: 'show' | 'update' | 'delete' | 'publish' | 'unpublish',
): Promise<posts.PostToEdit> {
  const post = await posts.getPost(repo, withId(params))
  posts.mayOrThrow(actor, action, post)
  return post
}
