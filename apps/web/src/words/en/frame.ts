/** Around every page. */
export const frame = {
  skip: 'Skip to content',
  site: 'Site',
  podcasts: 'Podcasts',
  posts: 'Posts',
  news: 'News',
  about: 'About',
  onAir: 'On air',
  signIn: 'Sign in',
  elsewhere: 'Elsewhere',
  requestEpisode: 'Ask for an episode',
  forGuests: 'For guests',
  imprint: 'Imprint',
  privacy: 'Privacy',
  terms: 'Terms',
  podcastsFrom: (network: string) => `Podcasts from ${network}.`,
}
