export { type MailerParts, sendMail } from './send-mail.ts'
