import { type Words } from '../words.ts'

export const people: Words['people'] = {
  roles: {
    host: 'Moderation',
    'co-host': 'Moderation',
    guest: 'Gast',
    words: 'Text',
    editor: 'Redaktion',
    producer: 'Produktion',
    'executive producer': 'Produktionsleitung',
    'audio engineer': 'Ton',
    'audio editor': 'Schnitt',
    author: 'Text',
    writer: 'Text',
    composer: 'Musik',
    music: 'Musik',
    narrator: 'Sprecher',
    researcher: 'Recherche',
    'cover art': 'Bild',
    'cover art designer': 'Bild',
    transcriber: 'Transkript',
  },
  hosts: 'Moderiert',
  makes: 'Macht',
  asHost: 'In der Moderation',
  asGuest: 'Zu Gast',
  credits: 'Im Abspann',
}
