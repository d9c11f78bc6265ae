export { IssueMail } from './issue-mail.ts'
export {
  deleteIssue,
  editIssue,
  getIssue,
  getIssuePage,
  getIssuesPage,
  hasIssues,
  ISSUE_SORTS,
  ISSUES_PER_PAGE,
  type IssuesPage,
  listIssues,
  proposeIssue,
  publishIssue,
  searchIssues,
  startIssue,
  unpublishIssue,
  updateIssue,
} from './issues.ts'
export { ISSUE_JOBS, requestIssueTest } from './jobs.ts'
export { ISSUE_MAILS } from './mails.ts'
export { NewsIssue, newsIssueChangeset, NewsIssueItem } from './news-issue.ts'
export { getIssuePreview, type IssuePage, type IssueToEdit } from './read-issue.ts'
export { countReach, type IssueParts, type IssueReach } from './send-issue.ts'
