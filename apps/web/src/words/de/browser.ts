import { type Words } from '../words.ts'

export const browser: Words['browser'] = {
  copied: 'Kopiert',
  zoneHere: 'Die dieses Browsers nehmen',
  player: {
    play: 'Abspielen',
    pause: 'Anhalten',
    listen: 'Anhören',
    place: (place, of) => `${place} von ${of}`,
    unplayable: 'Hier lässt sich das nicht abspielen, aber herunterladen.',
  },
}
