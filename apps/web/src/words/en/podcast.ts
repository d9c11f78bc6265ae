/** The page of a podcast, and podcasts in lists. */
export const podcast = {
  all: 'All podcasts',
  soon: 'Coming soon',
  complete: 'Complete',
  over: 'No longer published',
  episodes: (count: number) =>
    count === 1 ? '1 episode' : `${count.toLocaleString('en')} episodes`,
  from: (count: number, network: string) =>
    `${count === 1 ? '1 podcast' : `${count} podcasts`} from ${network}.`,
  website: 'Website',
  support: 'Support the show',
  undated: 'Undated',
  subscribe: 'Subscribe',
  feed: 'Feed',
  open: 'Open',
  copy: 'Copy',
  onItsWay: 'The first episode is on its way. Follow the feed and it will find you.',
  none: 'No episode has been published yet.',
  newer: 'Newer episodes',
  older: 'Older episodes',
}
