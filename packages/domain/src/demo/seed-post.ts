import { build, change, type Repo } from '@showrunner/data'
import { creditedPostChangeset, Post } from '../posts/index.ts'
import { type DemoPost } from './content.ts'
import { idOf, type Named } from './names.ts'
import { publication } from './publication.ts'

export async function seedPost(
  repo: Repo,
  post: DemoPost,
  { people, topics }: Named,
  asOf: Date,
): Promise<void> {
  const changeset = creditedPostChangeset(build(Post, { guid: post.guid }), {
    ...post,
    authorId: idOf(people, post.author),
    editorId: post.editor && idOf(people, post.editor),
    postTopics: post.topics.map((topic) => ({ topicId: idOf(topics, topic) })),
  })
  await repo.insertOrThrow(change(changeset, publication(post, asOf)))
}
