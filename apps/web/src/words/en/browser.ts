/** What scripts of the site say. */
export const browser = {
  copied: 'Copied',
  zoneHere: 'Use this browser’s',
  player: {
    play: 'Play',
    pause: 'Pause',
    listen: 'Listen',
    place: (place: string, of: string) => `${place} of ${of}`,
    unplayable: 'This sound cannot be played here. It can be downloaded.',
  },
}
