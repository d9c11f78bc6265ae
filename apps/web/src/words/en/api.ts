/** The page that says how the API is asked. What it says of each operation comes from the OpenAPI document, which is English. */
export const api = {
  title: 'API',
  description: (network: string) => `Everything ${network} publishes, for other programs.`,
  document: 'OpenAPI document',
  makeToken: 'Make a token',
  begin: 'Begin',
  beginWith: 'No key, no account: ask, and you are answered.',
  rules: 'What holds everywhere',
  lists: 'Lists',
  listsText:
    'A list has 20 things, or as many as limit says, up to 100. It goes on at next, also in the Link header. An offset works too, costs ten requests each time, and says so.',
  fields: 'Fields',
  fieldsText:
    'With fields an answer has only what you name: title,people.name. A name that there is not is refused, with those that there are.',
  kept: 'What did not change',
  keptText:
    'Each answer has an ETag. Sent back in If-None-Match, you get 304 and nothing else, until something of it changes.',
  limits: 'How often',
  limitsText: (most: number, withToken: number) =>
    `${most} requests a minute for each address, however they are spread; with a token, ${withToken} for each token. RateLimit-Remaining says what is left, and Retry-After when to come back.`,
  wrong: 'What goes wrong',
  wrongText:
    'Answers of 400 and above are problem documents (RFC 9457): what is wrong, where, and what to do.',
  contents: 'Operations',
  parameters: 'Parameters',
  body: 'Body',
  answer: 'Answer',
  required: 'required',
  needs: 'Needs the scope',
  needsToken: 'Needs a token',
  example: 'Example',
  statuses: 'Statuses',
  flow: 'From a build to an episode that is out',
  flowText:
    'What a release build does, request after request. TOKEN is the token; EPISODE and UPLOAD are the ids that answers say.',
  schemas: 'Schemas',
  schemasText: 'What answers are made of.',
  problems: 'Problems',
  problemsText: 'What the type of a problem ends in.',
}
