/** Parts of several pages. */
export const parts = {
  noPodcast: 'There is no podcast here yet',
  bringOne:
    'Bring one in with everything its feed says: its episodes, people, chapters and artwork. In the folder of this site, run',
  loadAgain:
    'and load this page again. A file will do as well as an address, and running it a second time brings what is new and doubles nothing.',
  listen: 'Listen',
  masquerade: 'Masquerade',
  actAs: 'You act as',
  noted: '. What you do is noted with your name,',
  stop: 'Stop',
  admin: 'Admin',
}
