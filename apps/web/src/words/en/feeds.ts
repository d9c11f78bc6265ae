export const feeds = {
  title: 'Feeds',
  about: (network: string) =>
    `The addresses of everything ${network} publishes. Copy one into a podcast app or a feed reader, and it brings you what is new.`,
  network: 'The whole network',
  everyShow: 'Every show in one feed.',
  asJson: (title: string) => `${title} as JSON Feed`,
  more: 'More feeds',
  everyone:
    'Every person and every topic has a feed too: put “/feed” after the address of their page.',
  opml: 'All shows in one file (OPML)',
  privateFeeds: 'Private feeds for members',
}
