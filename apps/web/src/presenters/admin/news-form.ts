import { type Changeset } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import * as news from '@showrunner/domain/news'
import { isHost } from '@showrunner/domain/policies'
import { reference } from '@showrunner/domain/rows'
import { addresses } from '../../addresses.ts'
import { type Field, type RowsField } from '../../admin/field.ts'
import { type Form, formOf } from '../../admin/form.ts'
import { topicRows } from '../../admin/topic-rows.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type Fieldset, type FormPage, formPage } from './form-page.ts'
import { type Tab, type Tone } from './list-page.ts'
import { KINDS, newsBadge, newsItemTabs } from './news-tabs.ts'

const { admin } = addresses

/** The sheet of an item that is there. */
export interface NewsSheetPage extends FormPage {
  readonly tabs: readonly Tab[]
  readonly badge: { readonly words: string; readonly tone: Tone }
  readonly previewHref: string
  /** What points to the same address, so that nothing is news twice. */
  readonly similar: readonly { readonly title: string; readonly href: string }[]
}

type ItemChangeset = Changeset<typeof news.NewsItem>

export function newNewsForm(frame: AdminFrame, actor: Account, changeset: ItemChangeset): FormPage {
  return formPage(frame, changeset, fieldsets(actor, changeset), {
    action: admin.news,
    save: 'Create draft',
    cancelHref: admin.news,
  })
}

interface Shown {
  readonly item: news.NewsItemToEdit
  readonly changeset: ItemChangeset
  readonly similar: readonly news.NewsItem[]
  readonly asOf: Date
}

export function newsSheet(
  frame: AdminFrame,
  actor: Account,
  { item, changeset, similar, asOf }: Shown,
): NewsSheetPage {
  const { id, headline } = item
  const form = formPage(frame, changeset, fieldsets(actor, changeset, item), {
    action: admin.editNewsItem(id),
    save: 'Save',
    cancelHref: admin.news,
    isWatched: true,
    closes: true,
    viewHref: news.isOut(item, asOf) ? addresses.newsItem(item) : null,
    remove: news.may(actor, 'delete', item)
      ? {
          action: admin.removeNewsItem(id),
          label: 'Delete item',
          question: `Delete “${headline}”, and all that was said about it? It cannot be brought back.`,
        }
      : null,
  })

  return {
    ...form,
    tabs: newsItemTabs(frame, id, 'sheet'),
    badge: newsBadge(item, asOf),
    previewHref: admin.previewNewsItem(id),
    similar: similar.map((other) => ({
      title: other.headline,
      href: admin.editNewsItem(other.id),
    })),
  }
}

function fieldsets(
  actor: Account,
  changeset: ItemChangeset,
  item?: news.NewsItemToEdit,
): readonly Fieldset[] {
  const form = formOf(changeset)
  return [
    { title: 'Item', fields: said(form) },
    { title: 'About', fields: [topics(changeset, item), ...from(form, item)] },
    {
      title: 'Of our own',
      help: 'Where the item is about an episode or a post of the network, it leads there.',
      fields: ours(form, actor, item),
    },
  ]
}

function said(form: Form<typeof news.NewsItem>): readonly Field[] {
  return [
    form.text('url', {
      label: 'Address',
      type: 'url',
      help: 'What it points to. An announcement, or an item about something of our own, needs none.',
    }),
    form.text('headline', { label: 'Headline' }),
    form.choice('kind', {
      label: 'Kind',
      options: news.NEWS_KINDS.map((value) => ({ value, label: KINDS[value] })),
    }),
    form.longText('story', {
      label: 'Story',
      lines: 10,
      markdown: true,
      help: 'Why it is worth knowing, in a paragraph or two. Markdown.',
    }),
    form.text('imageUrl', {
      label: 'Picture',
      help: 'The address of a wide picture, if it has one.',
    }),
    form.box('pinned', { label: 'Pinned', help: 'Stands above what is newer.' }),
  ]
}

function from(form: Form<typeof news.NewsItem>, item?: news.NewsItemToEdit): readonly Field[] {
  const { source, author } = item ?? {}
  return [
    form.picker('sourceId', {
      label: 'Source',
      sentAs: 'source',
      words: source ? reference(source.name, source.slug) : null,
      source: admin.searchFor('sources'),
      placeholder: 'Name',
    }),
    form.picker('authorId', {
      label: 'Author',
      sentAs: 'author',
      words: author ? reference(author.name, author.handle) : null,
      source: admin.searchFor('people'),
      placeholder: 'Name or handle',
      help: 'Whose work it is, if they are known here: they are mailed once it is out.',
    }),
  ]
}

// Whoever sees no episodes is not asked for one: what is said of them stays.
function ours(
  form: Form<typeof news.NewsItem>,
  actor: Account,
  item?: news.NewsItemToEdit,
): readonly Field[] {
  const { episode, post } = item ?? {}
  const sees = isHost(actor) && (item?.episodeId == null || episode != null)
  const seesPosts = actor.isAdmin || item?.postId == null || post != null
  return [
    ...(sees
      ? [
          form.picker('episodeId', {
            label: 'Episode',
            sentAs: 'episode',
            words: episode ? reference(episode.title, episode.slug) : null,
            source: admin.searchFor('episodes'),
          }),
        ]
      : []),
    ...(seesPosts
      ? [
          form.picker('postId', {
            label: 'Post',
            sentAs: 'post',
            words: post ? reference(post.title, post.slug) : null,
            source: admin.searchFor('posts'),
          }),
        ]
      : []),
  ]
}

function topics(changeset: ItemChangeset, item?: news.NewsItemToEdit): RowsField {
  return topicRows(changeset, 'newsItemTopics', {
    target: news.NewsItemTopic,
    field: 'topicId',
    stored: item?.newsItemTopics ?? [],
  })
}
