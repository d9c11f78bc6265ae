import { type Outside } from '../feed/index.ts'

/** Where feeds of tests are found, and what they name. */
export const OUTSIDE: Outside = {
  publicUrl: 'https://net.example',
  paths: {
    home: '/',
    podcasts: '/podcasts',
    posts: '/posts',
    news: '/news',
    podcast: (podcast) => `/${podcast}`,
    feed: (podcast) => `/${podcast}/feed`,
    episode: (podcast, episode) => `/${podcast}/${episode}`,
    chapters: (podcast, episode) => `/${podcast}/${episode}/chapters.json`,
    transcript: (podcast, episode, format) => `/${podcast}/${episode}/transcript.${format}`,
    person: (handle) => `/person/${handle}`,
    topic: (topic) => `/topic/${topic}`,
    post: (post) => `/posts/${post}`,
    newsItem: ({ id, slug }) => `/news/${slug}-${id}`,
    networkFeed: '/podcasts/feed',
    publisherFeed: '/podcasts/publisher',
    postsFeed: '/posts/feed',
    newsFeed: '/news/feed',
    personFeed: (handle) => `/person/${handle}/feed`,
    topicFeed: (topic) => `/topic/${topic}/feed`,
  },
}
