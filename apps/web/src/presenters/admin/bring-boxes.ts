import { type Elsewhere } from '@showrunner/domain/moving'
import { type BoxField } from '../../admin/field.ts'
import { counted } from '../names.ts'
import { fileSize } from '../sizes.ts'

interface Chosen {
  readonly pictures: boolean
  readonly audio: boolean
}

/** What of a podcast may be brought here: none of what there is none of. */
export function bringBoxes(elsewhere: Elsewhere, chosen: Chosen): readonly BoxField[] {
  const { pictures, audio } = elsewhere
  const boxes = [
    pictures > 0 &&
      box('bringPictures', chosen.pictures, {
        label: `Bring the pictures here (${counted(pictures, 'file')})`,
        help: 'Covers, faces and the pictures of chapters, in the sizes that pages need. Until then every visitor’s browser asks the old host for them.',
      }),
    audio > 0 &&
      box('bringAudio', chosen.audio, {
        label: `Bring the recordings here (${counted(audio, 'file')}, ${sizeOf(elsewhere)})`,
        help: 'Byte for byte as they are, so that nobody has an episode twice: only their addresses change. Leave the old host as it is until all are here, and a few weeks longer: apps remember the old addresses.',
      }),
  ]
  return boxes.filter((one) => one !== false)
}

/** How much the recordings are, as far as anybody said. */
function sizeOf({ audioBytes, audio, unsized }: Elsewhere): string {
  if (unsized === audio) return 'nobody says how large'
  const known = `about ${fileSize(audioBytes)}`
  return unsized > 0 ? `${known} and ${unsized} of which nobody says how large` : known
}

function box(
  name: string,
  checked: boolean,
  words: { readonly label: string; readonly help: string },
): BoxField {
  return { kind: 'box', id: name, name, checked, errors: [], required: false, ...words }
}
