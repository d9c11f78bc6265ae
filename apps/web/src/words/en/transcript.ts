/** What is said in an episode, to be read along. */
export const transcript = {
  of: (title: string) => `${title}: transcript`,
  tools: 'Reading along',
  search: 'Search in the transcript',
  found: (at: string, all: string) => `${at} of ${all}`,
  notFound: 'Not found',
  before: 'The one before',
  after: 'The next one',
  follow: 'Follow along',
  backToLine: 'Back to the current line',
  copyLink: 'Copy a link to this',
  copied: 'The link is copied',
  failed: 'It could not be fetched.',
}
