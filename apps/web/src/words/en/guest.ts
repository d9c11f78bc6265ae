/** What guests should know, where the network has not written its own. */
export const guest = {
  thanks:
    'Thank you for coming. You need not prepare anything, and you cannot do it wrong: whatever goes wrong is ours to mend. This is what helps.',
  sections: [
    {
      title: 'Before',
      advice: [
        'We write to you with a day, a time with its zone, and what we would like to talk about. If a question is missing that you would ask yourself, tell us.',
        'Tell us how your name is said, and how you would like to be introduced.',
        'If there is something you do not want to talk about, say so. You need not say why.',
      ],
    },
    {
      title: 'The room',
      advice: [
        'The best room is small and full of soft things: curtains, a bed, a wardrobe with its doors open. A kitchen is the worst.',
        'Close the window. Turn off what hums, and put the fridge on your list if you can hear it.',
        'Silence the telephone, and the programs on the computer that ring.',
      ],
    },
    {
      title: 'The microphone',
      advice: [
        'Any microphone close to you is better than a good one far away: a hand’s width from the corner of your mouth, so that you speak past it.',
        'Wear headphones, with a wire if you have such. Otherwise we hear ourselves coming back.',
        'If you can record your own voice while we talk, do, and send us the file as it is. WAV is best, and nothing needs to be cut.',
      ],
    },
    {
      title: 'While we record',
      advice: [
        'Take your time. Pauses are cut, and thinking sounds like thinking.',
        'If you stumble, stop, breathe, and begin the sentence again.',
        'If you said something you would rather not have said, tell us, then or later. It goes.',
        'Drink water.',
      ],
    },
    {
      title: 'Afterwards',
      advice: [
        'We edit, which takes a week or two, and write to you when the episode is out, with its address.',
        'Send us a picture of you that is larger than it needs to be, and links to what you spoke of.',
        'If we got something wrong, write to us. We mend the episode, not only the page.',
      ],
    },
  ],
}
