/** An episode before it is published. */
export const preview = {
  banner: 'A preview: this is not published yet. Please do not share it.',
  over: 'This preview is over',
  why: 'The link has been taken back, or was good for thirty days and those are over. Ask whoever sent it to you for another one.',
  published: 'What is published',
}
