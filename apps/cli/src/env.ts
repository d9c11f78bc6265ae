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

function refusal(name: string, given: string): string {
  const shown = name.endsWith('_SECRET') && given !== '' ? '***' : withoutPassword(given)
  const expected = name in EXPECTED ? EXPECTED[name as keyof typeof EXPECTED] : 'something else'
  return `${name} is "${shown}"; expected ${expected}.`
}

/** What was given is shown, but no password: it would end in a log. */
export function withoutPassword(text: string): string {
  return text.replace(/(\/\/[^:/@]*):[^@]*@/, '$1:***@')
}
