import { type SlackApp } from '@showrunner/slack'
import { type MailerParts } from '../mailing/index.ts'

export interface CommunityParts extends MailerParts {
  readonly clock: () => Date
  /** Where members talk with each other, if the program may go there by itself. */
  readonly slack?: SlackApp | undefined
  /** The address of the page on which one signs in, in full. */
  readonly signInPage: string
  /** Where one becomes a member, in full. */
  readonly joinPage: string
}
