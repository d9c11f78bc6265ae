export {
  FUNDING,
  LICENSE,
  LOCATIONS,
  PODROLL,
  SOCIAL_INTERACTS,
  SOUNDBITES,
  TXTS,
  UPDATE_FREQUENCY,
} from './forms.ts'
export {
  linedList,
  linedOne,
  type LinedField,
  linesName,
  PAYMENTS,
  withLines,
} from './with-lines.ts'
