/** What a token may be let do. Whatever it is let, it never may more than its owner does. */
export const SCOPES = ['episodes:write', 'uploads:write', 'publish'] as const
export type Scope = (typeof SCOPES)[number]
