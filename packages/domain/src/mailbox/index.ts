export { KeptMail } from './kept-mail.ts'
export { getKeptMail, keepingMailer, listKeptMails } from './mailbox.ts'
