import { type Changeset } from '@showrunner/data'
import { type CommunityAccount } from '@showrunner/domain/community'
import { addresses } from '../../addresses.ts'
import { formOf } from '../../admin/form.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type FormPage, formPage } from './form-page.ts'

const { admin } = addresses

/** Who somebody is in Slack, as an administrator says. */
export function slackAccountForm(
  frame: AdminFrame,
  { id, name }: { readonly id: number; readonly name: string },
  changeset: Changeset<typeof CommunityAccount>,
): FormPage {
  const { userId } = changeset.row
  const fieldset = {
    title: `${name} in Slack`,
    help: 'Whoever joins with the address they have here is linked by the program. This is for who joined with another one.',
    fields: [
      formOf(changeset).text('userId', {
        label: 'Member ID',
        help: 'In Slack: open their profile, the three dots, “Copy member ID”. The address of the profile will do too. They are brought to the members’ channels and greeted; an account that was linked before stays in them.',
        maxLength: 200,
        width: 'short',
      }),
    ],
  }
  return formPage(frame, changeset, [fieldset], {
    action: admin.slackAccount(id),
    save: 'Link',
    cancelHref: admin.person(id),
    remove:
      userId === null
        ? null
        : {
            action: admin.unlinkSlack(id),
            label: 'Unlink',
            question: `Unlink ${name} from ${userId}? The account stays in the channels it is in. If it has the address of ${name}, it is linked again within the hour.`,
          },
  })
}
