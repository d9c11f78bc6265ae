import { type Words } from '../words.ts'

export const guest: Words['guest'] = {
  thanks:
    'Danke, dass du kommst. Du musst nichts vorbereiten, und du kannst nichts falsch machen: Was schiefgeht, bringen wir in Ordnung. Das hier hilft.',
  sections: [
    {
      title: 'Vorher',
      advice: [
        'Wir schreiben dir einen Tag, eine Uhrzeit mit ihrer Zone und worüber wir gern sprechen würden. Wenn eine Frage fehlt, die du dir selbst stellen würdest, sag es uns.',
        'Sag uns, wie man deinen Namen ausspricht und wie du vorgestellt werden möchtest.',
        'Wenn du über etwas nicht sprechen willst, sag es. Du musst nicht sagen, warum.',
      ],
    },
    {
      title: 'Der Raum',
      advice: [
        'Der beste Raum ist klein und voller weicher Dinge: Vorhänge, ein Bett, ein Schrank mit offenen Türen. Eine Küche ist der schlechteste.',
        'Mach das Fenster zu. Schalte ab, was brummt, und denk an den Kühlschrank, wenn man ihn hört.',
        'Stell das Telefon stumm und die Programme am Rechner, die klingeln.',
      ],
    },
    {
      title: 'Das Mikrofon',
      advice: [
        'Jedes Mikrofon nah bei dir ist besser als ein gutes weit weg: eine Handbreit vom Mundwinkel, sodass du daran vorbeisprichst.',
        'Trag Kopfhörer, mit Kabel, wenn du welche hast. Sonst hören wir uns selbst zurückkommen.',
        'Wenn du deine eigene Stimme aufnehmen kannst, während wir sprechen, tu es, und schick uns die Datei, wie sie ist. WAV ist am besten, und nichts muss geschnitten werden.',
      ],
    },
    {
      title: 'Während der Aufnahme',
      advice: [
        'Lass dir Zeit. Pausen werden geschnitten, und Nachdenken klingt wie Nachdenken.',
        'Wenn du dich verhaspelst, hör auf, atme, und fang den Satz noch einmal an.',
        'Wenn du etwas gesagt hast, das du lieber nicht gesagt hättest, sag es uns, gleich oder später. Es kommt weg.',
        'Trink Wasser.',
      ],
    },
    {
      title: 'Danach',
      advice: [
        'Wir schneiden, das dauert ein, zwei Wochen, und schreiben dir mit der Adresse, wenn die Folge da ist.',
        'Schick uns ein Bild von dir, das größer ist, als es sein muss, und Links zu dem, wovon du gesprochen hast.',
        'Wenn etwas falsch war, schreib uns. Wir bessern die Folge aus, nicht nur die Seite.',
      ],
    },
  ],
}
