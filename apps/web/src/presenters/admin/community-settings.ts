import { type Changeset } from '@showrunner/data'
import {
  type CommunitySettings,
  LINK_DAYS,
  type LinkStanding,
  linkWarning,
  type Means,
  MEANS,
  MOST_USES,
  type Tried,
} from '@showrunner/domain/community'
import { addresses } from '../../addresses.ts'
import { type Form, formOf } from '../../admin/form.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type Fieldset, type FormPage, formPage } from './form-page.ts'
import { type TokenPart, tokenPart } from './slack-token.ts'

export interface CommunityPage extends FormPage {
  readonly means: readonly { readonly title: string; readonly words: string }[]
  readonly warning: string | null
  readonly waiting: readonly WaitingMember[]
  readonly tryAction: string
  readonly token: TokenPart | null
  readonly webhook: string
}

interface WaitingMember {
  readonly name: string
  readonly href: string
  readonly why: string
}

const WORDS: Readonly<Record<Means, { readonly title: string; readonly words: string }>> = {
  link: {
    title: 'By the shared invite link, which we mail',
    words: `Works with every plan, the free one too, and needs no token. You make the link in Slack (the workspace’s menu, “Invite people”, “Copy invite link”) and put it below. Slack lets in ${MOST_USES} people by one, for ${LINK_DAYS} days; you are warned before it ends.`,
  },
  admin: {
    title: 'By Slack: admin.users.invite',
    words:
      'Slack mails the invitation itself, straight into the members’ channels. Only for the Enterprise plan, and with a token of the organisation that has admin.users:write.',
  },
  scim: {
    title: 'By an account of their own: SCIM',
    words:
      'We make the account, Slack tells its owner. For the plans Business+ and Enterprise, with an administrator’s token. At the end of a membership the account we made is deactivated, not only taken out of channels.',
  },
  legacy: {
    title: 'By the old call: users.admin.invite',
    words:
      'Slack never documented it, and since 2020 nobody can make a token for it. Choose it only if you have such a token, and it works.',
  },
  log: {
    title: 'Not at all: only write it down',
    words:
      'Nobody is asked and nobody is told. For trying things out, and for a network without Slack.',
  },
}

/** What the page shows besides the form. */
export interface Around {
  readonly standing: LinkStanding
  readonly waiting: readonly {
    readonly error: string | null
    readonly person: { readonly id: number; readonly name: string }
  }[]
  readonly tried: Tried | null
  readonly publicUrl: string
}

export function communityPage(
  frame: AdminFrame,
  changeset: Changeset<typeof CommunitySettings>,
  { standing, waiting, tried, publicUrl }: Around,
): CommunityPage {
  const to = addresses.admin
  const form = formOf(changeset)
  const { means } = changeset.row
  return {
    ...formPage(frame, changeset, [invitation(form), there(form), ending(form)], {
      action: to.communitySettings,
      save: 'Save',
      cancelHref: to.settings,
    }),
    means: MEANS.map((one) => WORDS[one]),
    warning: means === 'link' ? warningOf(standing) : null,
    waiting: waiting.map(({ person: { id, name }, error }) => ({
      name,
      href: to.person(id),
      why: error ?? '',
    })),
    tryAction: to.tryCommunity,
    token: tried && tokenPart(tried, means),
    webhook: publicUrl + addresses.slackWebhook,
  }
}

function warningOf(standing: LinkStanding): string | null {
  if (standing.state === 'unset') {
    return 'There is no invite link yet: new members wait until there is one, and are invited then.'
  }
  return standing.state === 'good' ? null : linkWarning(standing)
}

type Community = Form<typeof CommunitySettings>

function invitation(form: Community): Fieldset {
  return {
    title: 'The invitation',
    fields: [
      form.choice('means', {
        label: 'How members are invited',
        help: 'Each is explained above. Whoever is in Slack already, as far as the token may know, is not invited.',
        options: MEANS.map((value) => ({ value, label: WORDS[value].title })),
      }),
      form.text('inviteUrl', {
        label: 'Invite link',
        type: 'url',
        help: 'https://join.slack.com/…. With a new one everybody who waits is invited at once.',
      }),
      form.text('inviteUrlEndsOn', {
        label: 'Last day of the link',
        type: 'date',
        width: 'short',
        help: `Slack’s links end after ${LINK_DAYS} days, unless you say otherwise when you make one. After this day it is no longer mailed. Empty: it does not end.`,
      }),
    ],
  }
}

function there(form: Community): Fieldset {
  return {
    title: 'In Slack',
    help: 'For this the app needs a token. A channel’s id stands at the end of “About” in its details.',
    fields: [
      form.text('memberChannels', {
        label: 'Members’ channels',
        help: 'Their ids, with commas between them. The app goes into public ones by itself; into private ones you invite it.',
      }),
      form.text('staffChannel', {
        label: 'Staff channel',
        width: 'short',
        help: 'Where it is told who joined, who left, and what failed. Empty: nowhere.',
      }),
      form.longText('greeting', {
        label: 'Greeting',
        help: 'What new members are told there, in a message of their own. Empty: a greeting that we wrote.',
        lines: 4,
      }),
    ],
  }
}

function ending(form: Community): Fieldset {
  return {
    title: 'The end of a membership',
    fields: [
      form.text('graceDays', {
        label: 'Days of grace',
        type: 'number',
        width: 'brief',
        help: 'So long they stay after it. Whoever is a member again by then was never gone.',
      }),
    ],
  }
}
