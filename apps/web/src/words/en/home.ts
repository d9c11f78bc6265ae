export const home = {
  runningOrder: 'The running order',
  shows: 'The shows',
}
