export { type ListedPost } from './listed.ts'
export {
  countPosts,
  POST_SORTS,
  POST_STATES,
  type PostState,
  type PostWithPeople,
  searchPosts,
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
export { PostTopic } from './post-topic.ts'
export { missingToPublish, publishPost, unpublishPost } from './publish-post.ts'
export {
  findMovedPost,
  isPostOut,
  getPost,
  getPostPage,
  getPostsPage,
  hasPosts,
  listPostsBy,
  POSTS_PER_PAGE,
  type PostPage,
  type PostsPage,
  type PostToEdit,
  type WholePost,
} from './read-posts.ts'
export { listPostsAbout, pagePostsAbout, pagePostsBy } from './read-posts.ts'
export { aboutTopic as postsAboutTopic, published as publishedPosts, visibleTo } from './scopes.ts'
export { changeSlug } from './slugs.ts'
export { deletePosts, listPostsOf } from './delete-posts.ts'
export {
  createPost,
  deletePost,
  editPost,
  newPost,
  proposePost,
  updatePost,
} from './write-posts.ts'
