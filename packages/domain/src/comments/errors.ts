/** Why somebody may not write, or not now, in words they are told. */
export class CommentError extends Error {
  override readonly name = 'CommentError'
  readonly why: 'banned' | 'full' | 'waiting' | 'late' | 'gone'

  constructor(why: CommentError['why']) {
    super(WHY[why])
    this.why = why
  }
}

const WHY = {
  banned: 'This person may not write comments.',
  full: 'This discussion is closed: there are too many comments in it.',
  waiting: 'Too many comments of this person wait to be looked at.',
  late: 'A comment is changed within five minutes, and not later.',
  gone: 'What this answers is gone.',
} as const
