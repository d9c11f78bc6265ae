import { type Changeset } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import { type Paged } from '@showrunner/domain/lists'
import * as redirects from '@showrunner/domain/redirects'
import { addresses } from '../../addresses.ts'
import { formOf } from '../../admin/form.ts'
import { type ListQuery } from '../../admin/list-query.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type FormPage, formPage } from './form-page.ts'
import { type ListPage, listPage } from './list-page.ts'

const { admin } = addresses

const KINDS: Readonly<Record<redirects.RedirectStatus, string>> = {
  301: 'For good',
  302: 'For now',
  410: 'Gone',
}

export function redirectList(
  frame: AdminFrame,
  actor: Account,
  query: ListQuery,
  found: Paged<redirects.Redirect>,
): ListPage {
  const rows = found.rows.map(({ id, path, target, status }) => ({
    id,
    href: admin.editRedirect(id),
    title: path,
    subtitle: null,
    picture: null,
    badge: null,
    cells: [
      target ?? '',
      Object.hasOwn(KINDS, status) ? (Reflect.get(KINDS, status) as string) : '',
    ],
  }))

  return listPage(frame, query, found, rows, {
    address: admin.redirects,
    noun: ['redirect', 'redirects'],
    intro:
      'Addresses of a site that was here before, and where they lead now. They are asked only where this site has nothing at an address. What podcasts, episodes, people and posts were called before leads on by itself.',
    columns: [{ title: 'Address', sort: 'path' }, { title: 'Leads to' }, { title: 'How' }],
    create: redirects.may(actor, 'create')
      ? { label: 'New redirect', href: admin.newRedirect }
      : null,
    bulk: null,
    empty: 'No redirects yet. A network that moves here writes down its old addresses.',
  })
}

export function redirectForm(
  frame: AdminFrame,
  actor: Account,
  changeset: Changeset<typeof redirects.Redirect>,
): FormPage {
  const form = formOf(changeset)
  const { id } = changeset.row
  const isNew = id === null
  const fields = [
    form.text('path', {
      label: 'Address',
      help: 'As it was: /shows/old-name. With /* at its end all that lies below it: /shows/*',
    }),
    form.text('target', {
      label: 'Leads to',
      help: 'A path of this site or an address elsewhere; with /* at its end the rest goes along: /local-time/*. Empty for what is gone.',
    }),
    form.choice('status', {
      label: 'How',
      options: redirects.REDIRECT_STATUSES.map((status) => ({
        value: String(status),
        label: `${KINDS[status]} (${status})`,
      })),
    }),
  ]

  return formPage(frame, changeset, [{ title: 'Redirect', fields }], {
    action: isNew ? admin.redirects : admin.editRedirect(id),
    save: isNew ? 'Create redirect' : 'Save',
    cancelHref: admin.redirects,
    isWatched: !isNew,
    closes: !isNew,
    remove:
      !isNew && redirects.may(actor, 'delete')
        ? {
            action: admin.removeRedirect(id),
            label: 'Delete redirect',
            question: 'Delete this redirect? Whoever still has the address finds nothing there.',
          }
        : null,
  })
}
