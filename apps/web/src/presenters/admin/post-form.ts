import { type Changeset } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import { isAdmin } from '@showrunner/domain/policies'
import * as posts from '@showrunner/domain/posts'
import { reference } from '@showrunner/domain/rows'
import { addresses } from '../../addresses.ts'
import { editing } from '../../channels/editing-channel.ts'
import { type Field, type RowsField } from '../../admin/field.ts'
import { type Form, formOf } from '../../admin/form.ts'
import { topicRows } from '../../admin/topic-rows.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type Fieldset, type FormPage, formPage } from './form-page.ts'
import { pictureField } from './picture-field.ts'
import { type Tab, type Tone } from './list-page.ts'
import { postBadge, postTabs } from './post-tabs.ts'

const { admin } = addresses

/** The sheet of a post that is there. */
export interface PostSheetPage extends FormPage {
  readonly tabs: readonly Tab[]
  readonly badge: { readonly words: string; readonly tone: Tone }
  readonly previewHref: string
}

type PostChangeset = Changeset<typeof posts.Post>

export function newPostForm(frame: AdminFrame, actor: Account, changeset: PostChangeset): FormPage {
  return formPage(frame, changeset, fieldsets(actor, changeset), {
    action: admin.posts,
    save: 'Create draft',
    cancelHref: admin.posts,
  })
}

export function postSheet(
  frame: AdminFrame,
  actor: Account,
  { post, changeset }: { readonly post: posts.PostToEdit; readonly changeset: PostChangeset },
  asOf: Date,
): PostSheetPage {
  const { id, title, slug } = post
  const form = formPage(frame, changeset, fieldsets(actor, changeset, post), {
    action: admin.editPost(id),
    save: 'Save',
    cancelHref: admin.posts,
    isWatched: true,
    editing: editing('post', id),
    closes: true,
    viewHref: posts.isOut(post, asOf) ? addresses.post(slug) : null,
    remove: posts.may(actor, 'delete', post)
      ? {
          action: admin.removePost(id),
          label: 'Delete draft',
          question: `Delete “${title}”? It cannot be brought back.`,
        }
      : null,
  })

  return {
    ...form,
    tabs: postTabs(frame, id, 'sheet'),
    badge: postBadge(post, asOf),
    previewHref: admin.previewPost(id),
  }
}

function fieldsets(
  actor: Account,
  changeset: PostChangeset,
  post?: posts.PostToEdit,
): readonly Fieldset[] {
  const form = formOf(changeset)
  return [
    { title: 'Text', fields: text(form, post) },
    { title: 'About', fields: [topics(changeset, post), ...places(form)] },
    // Who wrote it decides who may go on with it.
    ...(isAdmin(actor) ? [{ title: 'People', fields: people(form, actor, post) }] : []),
  ]
}

function text(form: Form<typeof posts.Post>, post?: posts.PostToEdit): readonly Field[] {
  return [
    form.text('title', { label: 'Title' }),
    form.text('subtitle', { label: 'Subtitle', help: 'Below the title, where it needs one.' }),
    ...(post && posts.isSlugFrozen(post)
      ? []
      : [
          form.text('slug', {
            label: 'Slug',
            width: 'short',
            help: 'Its part of the address. Left empty it is made from the title.',
          }),
        ]),
    form.longText('tldr', {
      label: 'Summary',
      lines: 3,
      help: 'Plain text, a sentence or two: what lists and search engines show.',
    }),
    form.longText('body', {
      label: 'Body',
      lines: 24,
      markdown: true,
      help: 'Markdown. Begin with the text itself: the title is above it already.',
    }),
  ]
}

function places(form: Form<typeof posts.Post>): readonly Field[] {
  const { id, coverUrl } = form.changeset.row
  return [
    form.text('coverUrl', {
      label: 'Picture',
      help: 'The address of a wide picture: above the text, and where the post is shared. Uploaded, it is here by itself.',
    }),
    ...pictureField('picture', 'post', id, coverUrl),
    form.text('canonicalUrl', {
      label: 'First published at',
      type: 'url',
      help: 'If it appeared elsewhere first: search engines are led there.',
    }),
  ]
}

function people(
  form: Form<typeof posts.Post>,
  actor: Account,
  post?: posts.PostToEdit,
): readonly Field[] {
  const source = admin.searchFor('people')
  const placeholder = 'Name or handle'
  const author = post?.author ?? actor.person
  const editor = post?.editor
  return [
    form.picker('authorId', {
      label: 'Author',
      sentAs: 'author',
      words: reference(author.name, author.handle),
      source,
      placeholder,
    }),
    form.picker('editorId', {
      label: 'Editor',
      sentAs: 'editor',
      words: editor ? reference(editor.name, editor.handle) : null,
      source,
      placeholder,
      help: 'May change and publish it as well as its author.',
    }),
  ]
}

function topics(changeset: PostChangeset, post?: posts.PostToEdit): RowsField {
  return topicRows(changeset, 'postTopics', {
    target: posts.PostTopic,
    field: 'topicId',
    stored: post?.postTopics ?? [],
  })
}
