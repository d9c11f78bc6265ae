/** The page about the network. */
export const about = {
  publishedBy: 'Published by',
  write: 'Write to us',
  hear: 'Who you hear',
}
