import { type Words } from '../words.ts'

export const browser: Words['browser'] = {
  copied: 'Kopiert',
  player: {
    play: 'Abspielen',
    pause: 'Anhalten',
    listen: 'Anhören',
    place: (place, of) => `${place} von ${of}`,
    unplayable: 'Hier lässt sich das nicht abspielen, aber herunterladen.',
  },
}
