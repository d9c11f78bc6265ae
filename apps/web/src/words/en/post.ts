/** Posts: what the network writes. */
export const post = {
  all: 'All posts',
  none: 'Nothing has been written here yet.',
  newer: 'Newer posts',
  older: 'Older posts',
  newestFirst: (network: string) => `What ${network} writes, the newest first.`,
  about: 'About this post',
  others: 'Other posts',
  firstAt: 'First at',
  preview: 'A preview: only who works on this sees it here.',
}
