import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { CommandError } from './errors.ts'
import { ROOT } from './root.ts'

export type Env = Readonly<z.infer<typeof Variables>>

const url = (...protocols: string[]) =>
  z.string().refine((text) => {
    const protocol = URL.parse(text)?.protocol.slice(0, -1)
    return protocol !== undefined && protocols.includes(protocol)
  })

/** A host and nothing behind it: the API is at one path of it. */
function isBareHost(text: string): boolean {
  const { pathname, search, hash, username } = URL.parse(text) ?? {}
  return pathname === '/' && `${search}${hash}${username}` === ''
}

/** A bucket is known by all of these, or none is set, and files are kept in a folder. */
const STORAGE_NEEDS = [
  'STORAGE_S3_REGION',
  'STORAGE_S3_BUCKET',
  'STORAGE_S3_ACCESS_KEY_ID',
  'STORAGE_S3_SECRET_ACCESS_KEY',
] as const

const STORAGE = [
  ...STORAGE_NEEDS,
  'STORAGE_S3_ENDPOINT',
  'STORAGE_S3_PATH_STYLE',
  'STORAGE_PUBLIC_URL',
] as const

const Variables = z
  .object({
    PORT: z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .refine((port) => port >= 1 && port <= 65_535)
      .default(4000),
    HOST: z
      .string()
      .regex(/^[\w.:-]+$/)
      .default('localhost'),
    DATABASE_URL: url('postgres', 'postgresql').optional(),
    DATA_DIR: z
      .string()
      .default('.showrunner')
      .transform((folder) => resolve(ROOT, folder)),
    PUBLIC_URL: url('http', 'https')
      .transform((text) => text.replace(/\/+$/, ''))
      .optional(),
    NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
    NATS_URL: url('nats', 'tls', 'ws', 'wss').optional(),
    SMTP_URL: url('smtp', 'smtps').optional(),
    MAIL_FROM: z
      .string()
      .regex(/^[^@\s<>]+@[^@\s<>]+$/)
      .optional(),
    GITHUB_CLIENT_ID: z
      .string()
      .regex(/^[\w.-]+$/)
      .optional(),
    GITHUB_CLIENT_SECRET: z.string().regex(/^\S+$/).optional(),
    MEMBERFUL_WEBHOOK_SECRET: z
      .string()
      .regex(/^[^\s,]+(\s*,\s*[^\s,]+)?$/)
      .transform((text) => text.split(/\s*,\s*/))
      .optional(),
    MEMBERFUL_SITE: z
      .string()
      .transform((text) => (text.includes('://') ? text : `https://${text}`))
      .pipe(url('http', 'https').refine(isBareHost))
      .transform((text) => text.replace(/\/+$/, ''))
      .optional(),
    MEMBERFUL_API_KEY: z.string().regex(/^\S+$/).optional(),
    SLACK_TOKEN: z.string().regex(/^\S+$/).optional(),
    SLACK_SIGNING_SECRET: z.string().regex(/^\S+$/).optional(),
    SLACK_API_URL: url('http', 'https')
      .refine((text) => !URL.parse(text)?.username)
      .transform((text) => text.replace(/\/+$/, ''))
      .default('https://slack.com/api'),
    PODPING_TOKEN: z.string().regex(/^\S+$/).optional(),
    PODPING_URL: url('http', 'https').default('https://podping.cloud/'),
    STORAGE_S3_ENDPOINT: url('http', 'https')
      .refine((text) => !URL.parse(text)?.username)
      .optional(),
    STORAGE_S3_REGION: z
      .string()
      .regex(/^[\w-]+$/)
      .optional(),
    STORAGE_S3_BUCKET: z
      .string()
      .regex(/^[\w.-]{3,63}$/)
      .optional(),
    STORAGE_S3_ACCESS_KEY_ID: z.string().regex(/^\S+$/).optional(),
    STORAGE_S3_SECRET_ACCESS_KEY: z.string().regex(/^\S+$/).optional(),
    STORAGE_S3_PATH_STYLE: z.literal('on').optional(),
    STORAGE_PUBLIC_URL: url('http', 'https')
      .transform((text) => text.replace(/\/+$/, ''))
      .optional(),
    CHROME_PATH: z.string().refine(existsSync).optional(),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
    SANDBOX: z.literal('on').optional(),
  })
  .refine(({ SANDBOX, NODE_ENV }) => SANDBOX === undefined || NODE_ENV === 'test', {
    path: ['SANDBOX'],
  })
  .refine((env) => !env.GITHUB_CLIENT_ID || env.GITHUB_CLIENT_SECRET !== undefined, {
    path: ['GITHUB_CLIENT_SECRET'],
  })
  .refine((env) => !env.GITHUB_CLIENT_SECRET || env.GITHUB_CLIENT_ID !== undefined, {
    path: ['GITHUB_CLIENT_ID'],
  })
  .refine((env) => !env.MEMBERFUL_API_KEY || env.MEMBERFUL_SITE !== undefined, {
    path: ['MEMBERFUL_SITE'],
  })
  .superRefine((env, refused) => {
    if (STORAGE.every((name) => env[name] === undefined)) return
    const missing = STORAGE_NEEDS.filter((name) => env[name] === undefined)
    for (const name of missing) refused.addIssue({ code: 'custom', path: [name] })
  })

const EXPECTED: Record<keyof z.infer<typeof Variables>, string> = {
  PORT: 'a whole number from 1 to 65535, such as 4000',
  HOST: 'a host name or an address to listen on, such as localhost or 0.0.0.0',
  DATABASE_URL: 'postgres://user:password@host:5432/database',
  DATA_DIR: 'a folder',
  PUBLIC_URL: 'the address visitors see, such as https://podcasts.example',
  NODE_ENV: 'development, production or test',
  NATS_URL: 'nats://host:4222',
  SMTP_URL: 'smtp://user:password@host:587',
  MAIL_FROM: 'the address that mails come from, such as radio@podcasts.example',
  GITHUB_CLIENT_ID: 'the client id of your OAuth app at GitHub, where GITHUB_CLIENT_SECRET is set',
  GITHUB_CLIENT_SECRET: 'the secret of the OAuth app whose id is GITHUB_CLIENT_ID',
  MEMBERFUL_WEBHOOK_SECRET:
    'the secret of your webhook at Memberful, and after a comma the one before it',
  MEMBERFUL_SITE: 'the address of your site at Memberful, such as https://radio.memberful.com',
  MEMBERFUL_API_KEY: 'a key to the API of the site that is MEMBERFUL_SITE',
  SLACK_TOKEN: 'the token of your app in Slack, such as xoxb-…',
  SLACK_SIGNING_SECRET: 'the signing secret of your app in Slack',
  SLACK_API_URL: 'where the Web API of Slack is, such as https://slack.com/api',
  PODPING_TOKEN: 'your token at Podping',
  PODPING_URL: 'where Podping is told, such as https://podping.cloud/',
  STORAGE_S3_ENDPOINT: 'where the storage is if not at Amazon, such as https://s3.example.com',
  STORAGE_S3_REGION: 'the region of the bucket, such as eu-central-1, as another STORAGE_… is set',
  STORAGE_S3_BUCKET: 'the name of a bucket, as another STORAGE_… is set',
  STORAGE_S3_ACCESS_KEY_ID: 'the id of a key to the bucket, as another STORAGE_… is set',
  STORAGE_S3_SECRET_ACCESS_KEY: 'the secret of that key, as another STORAGE_… is set',
  STORAGE_S3_PATH_STYLE: 'on, where the name of the bucket is no part of the host',
  STORAGE_PUBLIC_URL:
    'the address that everybody gets the files of the bucket from, such as https://files.example.com',
  CHROME_PATH: 'the file of a Chrome or Chromium that exists',
  LOG_LEVEL: 'fatal, error, warn, info, debug, trace or silent',
  SANDBOX: 'on, and only where NODE_ENV is test: anybody may open a sandbox and look into it',
}

/**
 * The environment as one frozen value; an empty variable counts as not set.
 *
 * @throws CommandError naming every wrong variable, what was given and what is expected.
 */
export function readEnv(source: NodeJS.ProcessEnv): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const read = Variables.safeParse(given)
  if (read.success) return Object.freeze(read.data)
  const wrong = new Set(read.error.issues.map(({ path: [name] }) => String(name)))
  throw new CommandError([...wrong].map((name) => refusal(name, given[name] ?? '')).join('\n'))
}

export function currentEnv(): Env {
  return readEnv(process.env)
}

/** The environment of a child process: this one's, with these on top. */
export function childEnv(
  overrides: Readonly<Record<string, string | undefined>>,
): NodeJS.ProcessEnv {
  return { ...process.env, ...overrides }
}

/** The same for children whose environment cannot be handed over; undefined takes a variable away. */
export function setForChildren(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
}

const SECRET = /_SECRET$|_TOKEN$|_API_KEY$|_ACCESS_KEY(_ID)?$/

function refusal(name: string, given: string): string {
  const shown = SECRET.test(name) && given !== '' ? '***' : withoutPassword(given)
  const expected = name in EXPECTED ? EXPECTED[name as keyof typeof EXPECTED] : 'something else'
  return `${name} is "${shown}"; expected ${expected}.`
}

/** What was given is shown, but no password: it would end in a log. */
export function withoutPassword(text: string): string {
  return text.replace(/(\/\/[^:/@]*):[^@]*@/, '$1:***@')
}
