/** What went wrong, and what may not be done. */
export const problems = {
  notFoundTitle: 'Not found',
  nothing: 'There is nothing at this address',
  goneTitle: 'Gone',
  gone: 'What was at this address is gone',
  wasTakenDown: 'was taken down, and will not come back.',
  meant: 'You may have meant',
  searchFor: 'Search for it',
  mayHave: 'may have been moved, taken down or mistyped.',
  listed: 'Everything we publish is listed under',
  newest: ', and the newest of it stands on the',
  front: 'front page',
  notYours: 'This is not yours to do',
  onlyStaff: 'Only somebody who works here may do this, and you are not signed in.',
  notYourWork:
    'You are signed in, but what you asked for is somebody else’s work. Nothing was changed.',
  askForRole: 'If it is yours, ask an administrator of the network to give you the role it takes.',
  tooOftenTitle: 'That was too often',
  tooOften: (wait: string) =>
    `You, or somebody near you, did this more often than we let anybody. Please try again in ${wait}.`,
  linkWorks: 'A sign-in link that was mailed already still works.',
  toFront: 'To the front page',
  request: 'Request',
  didNotWork: 'That did not work',
  broke: 'Something broke on our side',
  written: 'It has been written down, with the number below. Please try again in a moment.',
}
