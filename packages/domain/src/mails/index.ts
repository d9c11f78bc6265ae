export { findMail, MAILS } from './mails.ts'
export { mailPreview, requestPreview } from './previews.ts'
