/** What is wrong with what somebody typed, from what changesets say of it; a message ends a sentence whose subject is the field. */
export const errors = (message: string): string => message
