import { type Words } from '../words.ts'

const SAID: Readonly<Record<string, string>> = {
  "can't be blank": 'muss ausgefüllt sein',
  'has invalid format': 'hat nicht die richtige Form',
  'is invalid': 'ist ungültig',
  'is reserved': 'ist vergeben',
  'has already been taken': 'ist schon vergeben',
  'must be chosen': 'muss ausgewählt sein',
  'needs some words': 'braucht ein paar Worte',
  'should be at most %{count} character(s)': 'darf höchstens %{count} Zeichen lang sein',
  'should be at least %{count} character(s)': 'muss mindestens %{count} Zeichen lang sein',
}

export const errors: Words['errors'] = (message) => SAID[message] ?? message
