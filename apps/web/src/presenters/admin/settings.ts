import { type Changeset } from '@showrunner/data'
import { type Settings } from '@showrunner/domain/settings'
import { addresses } from '../../addresses.ts'
import { type Form, formOf } from '../../admin/form.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type Fieldset, type FormPage, formPage } from './form-page.ts'

type Network = Form<typeof Settings>

/** The table holds one. */
const THE_ROW = 1

export function settingsForm(frame: AdminFrame, changeset: Changeset<typeof Settings>): FormPage {
  const form = formOf(changeset)
  const fieldsets = [
    identity(form),
    publisher(form),
    elsewhere(form),
    feeds(form),
    guests(form),
    MEMBERS,
    law(form),
  ]
  return formPage(frame, changeset, fieldsets, {
    action: addresses.admin.settings,
    save: 'Save settings',
    cancelHref: addresses.admin.dashboard,
    isWatched: true,
    viewHref: addresses.about,
  })
}

const MEMBERS: Fieldset = {
  title: 'Members',
  fields: [
    {
      kind: 'link',
      label: 'How members are invited to Slack',
      href: addresses.admin.communitySettings,
    },
  ],
}

function identity(form: Network): Fieldset {
  return {
    title: 'The network',
    fields: [
      form.text('title', {
        label: 'Name',
        help: 'Stands on every page and in every mail.',
      }),
      form.text('tagline', {
        label: 'Tagline',
        help: 'One line under the name, and what search engines show.',
      }),
      form.longText('description', {
        label: 'Description',
        help: 'What the page “About” says.',
        markdown: true,
      }),
      form.text('language', {
        label: 'Language',
        width: 'short',
        help: 'Of the site and its mails: en or de, also as in en-GB and de-AT; in any other they stay English. Each podcast has its own besides.',
      }),
      form.text('coverUrl', {
        label: 'Picture',
        help: 'The address of one for pages without a picture of their own, shown where somebody shares them.',
      }),
      {
        kind: 'link',
        label: 'Upload a picture',
        href: addresses.admin.picture('settings', THE_ROW),
      },
    ],
  }
}

function publisher(form: Network): Fieldset {
  return {
    title: 'Who publishes it',
    fields: [
      form.text('ownerName', { label: 'Name of the publisher', width: 'short' }),
      form.text('ownerEmail', {
        label: 'Their e-mail address',
        type: 'email',
        width: 'short',
        help: 'Linked from the page “About”: everybody can read it.',
      }),
      form.text('replyEmail', {
        label: 'Address for replies',
        type: 'email',
        width: 'short',
        help: 'Where an answer to one of our mails goes. Without it, to their sender.',
      }),
    ],
  }
}

function elsewhere(form: Network): Fieldset {
  return {
    title: 'Elsewhere',
    help: 'Linked at the foot of every page. Whole addresses, beginning with https://.',
    fields: [
      form.text('mastodonUrl', { label: 'Mastodon', type: 'url', width: 'short' }),
      form.text('blueskyUrl', { label: 'Bluesky', type: 'url', width: 'short' }),
      form.text('youtubeUrl', { label: 'YouTube', type: 'url', width: 'short' }),
      form.text('instagramUrl', { label: 'Instagram', type: 'url', width: 'short' }),
      form.text('linkedinUrl', { label: 'LinkedIn', type: 'url', width: 'short' }),
      form.text('githubUrl', { label: 'GitHub', type: 'url', width: 'short' }),
    ],
  }
}

function feeds(form: Network): Fieldset {
  return {
    title: 'Feeds',
    help: 'Who is told at once when a feed changes, so that apps need not look again and again.',
    fields: [
      form.longText('websubHubs', {
        label: 'WebSub hubs',
        lines: 2,
        help: 'Their addresses, one a line. They stand in every feed.',
      }),
      form.box('usesPodping', {
        label: 'Tell Podping',
        help: 'Of changes, and of shows that go on air. The program needs PODPING_TOKEN for it.',
      }),
    ],
  }
}

function guests(form: Network): Fieldset {
  return {
    title: 'Guests',
    fields: [
      form.longText('guestGuide', {
        label: 'Guest guide',
        help: `What ${addresses.guest} says. While it is empty, a guide that we wrote stands there.`,
        lines: 6,
        markdown: true,
      }),
    ],
  }
}

function law(form: Network): Fieldset {
  const help = (address: string) => `Shown at ${address}. While it is empty, there is no such page.`
  return {
    title: 'Legal texts',
    fields: [
      form.longText('imprint', { label: 'Imprint', help: help(addresses.imprint), markdown: true }),
      form.longText('privacy', { label: 'Privacy', help: help(addresses.privacy), markdown: true }),
      form.longText('terms', { label: 'Terms', help: help(addresses.terms), markdown: true }),
    ],
  }
}
