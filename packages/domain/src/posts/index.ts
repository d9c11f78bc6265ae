export { listed as listedPosts, type ListedPost } from './listed.ts'
export {
  listPosts,
  POST_ORDERS,
  POST_STATES,
  type PostList,
  type PostOrder,
  type PostsAsked,
  type PostState,
  POSTS_PER_LIST,
} from './list-posts.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export { firstPublishedBy, isOut, isSlugFrozen } from './first-published.ts'
export {
  creditedPostChangeset,
  NEEDED_TO_PUBLISH,
  Post,
  postChangeset,
  postSlugChangeset,
} from './post.ts'
export { PostSlug } from './post-slug.ts'
export { PostTopic, postTopicChangeset } from './post-topic.ts'
export { missingToPublish, publishPost, unpublishPost } from './publish-post.ts'
export {
  findMovedPost,
  getPost,
  getPostsPage,
  getPublishedPost,
  hasPosts,
  listPostsBy,
  POSTS_PER_PAGE,
  type PostsPage,
  type PostToEdit,
  type WholePost,
} from './read-posts.ts'
export { visibleTo } from './scopes.ts'
export { changeSlug } from './slugs.ts'
export { createPost, deletePost, newPost, updatePost } from './write-posts.ts'
