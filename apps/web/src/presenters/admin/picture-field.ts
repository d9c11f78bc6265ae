import { type Subject } from '@showrunner/domain/uploads'
import { addresses } from '../../addresses.ts'
import { type LinkField } from '../../admin/field.ts'

/** In a form: the way to where the picture is changed. What is new has none yet. */
export function pictureField(
  name: string,
  subject: Subject,
  id: number | null,
  address: string | null,
): readonly LinkField[] {
  if (id === null) return []
  const label = `${address === null ? 'Upload a' : 'Change the'} ${name}`
  return [{ kind: 'link', label, href: addresses.admin.picture(subject, id) }]
}
