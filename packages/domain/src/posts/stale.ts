/** How a write that comes too late is answered. */
export const STALE = {
  staleErrorField: 'lockVersion',
  staleErrorMessage: 'has been changed by somebody else in the meantime',
} as const
